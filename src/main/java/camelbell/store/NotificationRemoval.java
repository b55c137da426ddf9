package camelbell.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes notifications out of the log, and out of the counts of what is listed and of what is unread. In the caller's transaction. */
@Component
class NotificationRemoval {

    private static final String GONE =
            """
            WITH gone AS (
                DELETE FROM notification_log WHERE id = ANY(ARRAY(
                    SELECT id FROM notification_log WHERE id = ANY(?) AND status <> 'PENDING'
                    FOR UPDATE SKIP LOCKED))
                RETURNING id, recipient, channel, listed, read_at IS NULL AS unread),
            %s
            less AS (
                SELECT recipient, channel, count(*) FILTER (WHERE unread) AS n, count(*) AS gone
                FROM gone WHERE listed GROUP BY 1, 2),
            counted AS (%s)
            SELECT id FROM gone
            """;

    private static final String ATTEMPTS =
            "attempts AS (DELETE FROM attempt WHERE notification_id IN (SELECT id FROM gone)),";

    private final JdbcClient jdbc;
    private final InboxCounters counters;

    NotificationRemoval(JdbcClient jdbc, InboxCounters counters) {
        this.jdbc = jdbc;
        this.counters = counters;
    }

    /**
     * Those that may go: what is still to be delivered stays, also what an operator has retried meanwhile; and for later stays
     * what belongs to an inbox that somebody holds.
     *
     * @param attempts whether theirs go with them
     * @return which are gone
     */
    Set<Long> remove(Collection<Long> ids, boolean attempts) {
        Set<Long> mayGo = new HashSet<>(ids);
        mayGo.removeAll(outstanding(ids));
        mayGo.removeAll(counters.heldOf(mayGo));
        return mayGo.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql(GONE.formatted(attempts ? ATTEMPTS : "", InboxCounters.SUBTRACT))
                        .param(mayGo.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    private List<Long> outstanding(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT notification_id FROM delivery WHERE notification_id = ANY(?)")
                        .param(ids.toArray(Long[]::new))
                        .query(Long.class)
                        .list();
    }
}
