package camelbell.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets notifications and attempts that have been kept long enough, a batch in the caller's transaction. Nodes that do
 * it at once share the work, because each passes over the rows that another has locked. Events stay for ever: that an event
 * was there is what makes the next one with its id a duplicate.
 */
@Component("notificationRetention")
class NotificationRetention {

    private static final OffsetDateTime BEGINNING = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    private final Batches batches;
    private final JdbcClient jdbc;
    private final InboxCounters counters;
    private final RetentionProperties properties;
    private final Clock clock;

    NotificationRetention(
            Batches batches, JdbcClient jdbc, InboxCounters counters, RetentionProperties properties, Clock clock) {
        this.batches = batches;
        this.jdbc = jdbc;
        this.counters = counters;
        this.properties = properties;
        this.clock = clock;
    }

    /** All attempts that are old enough. */
    public void attempts() {
        if (!properties.attempts().isZero()) {
            AtomicReference<OffsetDateTime> done = new AtomicReference<>(BEGINNING);
            batches.whileMore(() -> forgetAttempts(done));
        }
    }

    /** All notifications that are. */
    public void notifications() {
        if (!properties.notifications().isZero()) {
            AtomicLong done = new AtomicLong();
            batches.whileMore(() -> forgetNotifications(done));
        }
    }

    /**
     * What the last batch came to is not looked at again: what it deleted stays in the table until PostgreSQL vacuums it, and
     * millions of such rows would be passed over each time.
     *
     * @param done up to when; a row that lies behind younger ones waits for the next look
     * @return whether there may be more to forget
     */
    private boolean forgetAttempts(AtomicReference<OffsetDateTime> done) {
        List<OffsetDateTime> gone = jdbc.sql(
                        """
                        DELETE FROM attempt WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM attempt WHERE at >= ? AND at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                        RETURNING at
                        """)
                .params(done.get(), before(properties.attempts()), properties.batch())
                .query(OffsetDateTime.class)
                .list();
        gone.stream().min(Comparator.naturalOrder()).ifPresent(done::set);
        return full(gone.size());
    }

    /**
     * With their attempts; they leave the counts of what is listed and of what is unread. What is still to be delivered
     * stays, also what an operator has retried since the look; and for later stays what belongs to an inbox that somebody
     * holds. Goes through the log in the order of its numbers, which is nearly that of time, and looks at nothing twice; it ends
     * where nothing is old, so that a log of any length costs no more than what is to be forgotten of it.
     *
     * @param done up to which number
     * @return whether there may be more to forget
     */
    boolean forgetNotifications(AtomicLong done) {
        List<Candidate> next = jdbc.sql(
                        """
                        SELECT id, created_at < ? AS old, EXISTS (SELECT FROM delivery WHERE notification_id = l.id) AS outstanding
                        FROM notification_log l WHERE id > ? ORDER BY id LIMIT ?
                        """)
                .params(before(properties.notifications()), done.get(), properties.batch())
                .query((row, number) ->
                        new Candidate(row.getLong("id"), row.getBoolean("old"), row.getBoolean("outstanding")))
                .list();
        List<Long> old = next.stream()
                .filter(one -> one.old && !one.outstanding)
                .map(Candidate::id)
                .toList();
        forget(old);
        if (!next.isEmpty()) {
            done.set(next.get(next.size() - 1).id);
        }
        return full(next.size()) && next.stream().anyMatch(Candidate::old);
    }

    private record Candidate(long id, boolean old, boolean outstanding) {}

    private void forget(List<Long> old) {
        if (old.isEmpty()) {
            return;
        }
        Set<Long> held = counters.heldOf(old);
        jdbc.sql(
                        """
                        WITH gone AS (
                            DELETE FROM notification_log WHERE id = ANY(ARRAY(
                                SELECT id FROM notification_log WHERE id = ANY(?) AND status <> 'PENDING'
                                FOR UPDATE SKIP LOCKED))
                            RETURNING id, recipient, channel, listed, read_at IS NULL AS unread),
                        attempts AS (DELETE FROM attempt WHERE notification_id IN (SELECT id FROM gone)),
                        less AS (
                            SELECT recipient, channel, count(*) FILTER (WHERE unread) AS n, count(*) AS gone
                            FROM gone WHERE listed GROUP BY 1, 2),
                        counted AS (%s)
                        SELECT count(*) FROM gone
                        """
                                .formatted(InboxCounters.SUBTRACT))
                .param(old.stream().filter(id -> !held.contains(id)).toArray(Long[]::new))
                .query(Integer.class)
                .single();
    }

    private boolean full(int rows) {
        return rows == properties.batch();
    }

    private OffsetDateTime before(Duration kept) {
        return clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
    }
}
