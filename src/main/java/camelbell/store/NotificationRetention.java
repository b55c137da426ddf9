package camelbell.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets notifications and attempts that have been kept long enough, a batch in each transaction. Nodes that do
 * it at once share the work, because each passes over the rows that another has locked. Events stay for ever: that an event
 * was there is what makes the next one with its id a duplicate.
 */
@Component("notificationRetention")
class NotificationRetention {

    /**
     * Numbers that are looked at again, although those before them were seen to be young or gone: a transaction that drew its
     * numbers before those may have committed since.
     */
    private static final long UNDER_WAY = 1_000_000;

    private final Batches batches;
    private final JdbcClient jdbc;
    private final NotificationRemoval removal;
    private final RetentionProperties properties;
    private final Clock clock;

    /** Where the next look begins; what lies before it has been forgotten. */
    private volatile long from;

    NotificationRetention(
            Batches batches,
            JdbcClient jdbc,
            NotificationRemoval removal,
            RetentionProperties properties,
            Clock clock) {
        this.batches = batches;
        this.jdbc = jdbc;
        this.removal = removal;
        this.properties = properties;
        this.clock = clock;
    }

    /** All attempts that are old enough; none where they leave for files. */
    public void attempts() {
        if (!properties.attempts().isZero() && !properties.archived()) {
            batches.forget(
                    """
                    DELETE FROM attempt WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM attempt WHERE at >= ? AND at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                    RETURNING at
                    """,
                    before(properties.attempts()),
                    properties.batch());
        }
    }

    /** All notifications that are; none where they leave for files. */
    public void notifications() {
        if (!properties.notifications().isZero() && !properties.archived()) {
            Look look = new Look(from);
            batches.whileMore(() -> forgetNotifications(look));
            from = Math.max(from, Math.min(look.kept, look.done) - UNDER_WAY);
        }
    }

    /** How far one look has come: up to which number, and the first one that stays. */
    private static final class Look {

        private long done;
        private long kept = Long.MAX_VALUE;

        Look(long from) {
            this.done = from;
        }
    }

    /**
     * With their attempts. Goes through the log in the order of its numbers, which is that of time but for transactions that ran at once and
     * for clocks that differ, and looks at nothing twice; it ends where nothing is old, so that a log of any length costs no
     * more than what is to be forgotten of it.
     */
    private boolean forgetNotifications(Look look) {
        List<Numbered> next = jdbc.sql(
                        "SELECT id, created_at < ? AS old FROM notification_log WHERE id > ? ORDER BY id LIMIT ?")
                .params(before(properties.notifications()).atOffset(ZoneOffset.UTC), look.done, properties.batch())
                .query((row, number) -> new Numbered(row.getLong("id"), row.getBoolean("old")))
                .list();
        Set<Long> gone = removal.remove(
                next.stream().filter(Numbered::old).map(Numbered::id).toList(), true);
        for (Numbered one : next) {
            look.done = one.id;
            if (!gone.contains(one.id)) {
                look.kept = Math.min(look.kept, one.id);
            }
        }
        return next.size() == properties.batch() && next.stream().anyMatch(Numbered::old);
    }

    private record Numbered(long id, boolean old) {}

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }
}
