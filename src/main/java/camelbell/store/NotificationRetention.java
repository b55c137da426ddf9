package camelbell.store;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets notifications and attempts that have been kept long enough, a batch in the caller's transaction. Nodes that do
 * it at once share the work, because each passes over the rows that another has locked. Events stay for ever: that an event
 * was there is what makes the next one with its id a duplicate.
 */
@Component("notificationRetention")
class NotificationRetention {

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
        batches.whileMore(this::forgetAttempts);
    }

    /** All notifications that are. */
    public void notifications() {
        batches.whileMore(this::forgetNotifications);
    }

    /** Answers whether there may be more to forget. */
    boolean forgetAttempts() {
        return !properties.attempts().isZero()
                && full(jdbc.sql(
                                """
                                DELETE FROM attempt WHERE ctid = ANY(ARRAY(
                                    SELECT ctid FROM attempt WHERE at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                                """)
                        .params(before(properties.attempts()), properties.batch())
                        .update());
    }

    /**
     * With their attempts; they leave the counts of what is listed and of what is unread. What is still to be delivered
     * stays, also what an operator has retried since the look; and for later stays what belongs to an inbox that somebody
     * holds. Answers whether there may be more to forget.
     */
    boolean forgetNotifications() {
        if (properties.notifications().isZero()) {
            return false;
        }
        List<Long> old = jdbc.sql(
                        """
                        SELECT id FROM notification_log l WHERE created_at < ?
                            AND NOT EXISTS (SELECT 1 FROM delivery WHERE notification_id = l.id)
                        LIMIT ?
                        """)
                .params(before(properties.notifications()), properties.batch())
                .query(Long.class)
                .list();
        Set<Long> held = counters.heldOf(old);
        int gone = jdbc.sql(
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
        return gone > 0 && full(old.size());
    }

    private boolean full(int rows) {
        return rows == properties.batch();
    }

    private OffsetDateTime before(Duration kept) {
        return clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
    }
}
