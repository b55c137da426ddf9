package camelbell.runtime.health;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which session holds what the hub's statements wait for, as PostgreSQL says. Never what it does with it: ids only. */
@Component
class LockHolders {

    private static final String HOLDER =
            """
            SELECT w.application_name AS waiting, extract(epoch FROM clock_timestamp() - w.query_start)::bigint AS waits,
                h.pid, coalesce(h.application_name, '') AS application, coalesce(h.state, 'unknown') AS state,
                coalesce(h.xact_start::text, '') AS began,
                coalesce(extract(epoch FROM clock_timestamp() - h.xact_start), 0)::bigint AS lasts
            FROM pg_stat_activity w
            CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS blocking (pid)
            JOIN pg_stat_activity h ON h.pid = blocking.pid
            WHERE w.datname = current_database() AND w.wait_event_type = 'Lock' AND w.application_name LIKE 'camelbell%'
            ORDER BY h.wait_event_type IS NOT DISTINCT FROM 'Lock', h.xact_start, w.query_start LIMIT 1
            """;

    /** An inbox that is locked names the transaction that locks it as its xmax. */
    private static final String HOLDER_OF_INBOX =
            """
            SELECT 'notifications put off' AS waiting, 0::bigint AS waits,
                h.pid, coalesce(h.application_name, '') AS application, coalesce(h.state, 'unknown') AS state,
                coalesce(h.xact_start::text, '') AS began,
                coalesce(extract(epoch FROM clock_timestamp() - h.xact_start), 0)::bigint AS lasts
            FROM (SELECT DISTINCT unnest(recipients) AS id
                  FROM (SELECT recipients FROM event_slice WHERE refused IS NULL AND tries > 0 ORDER BY due_at LIMIT 20) AS late
                  LIMIT 1000) AS person
            JOIN inbox i ON i.recipient = person.id
            JOIN pg_locks l ON l.locktype = 'transactionid' AND l.granted AND l.transactionid = i.xmax
            JOIN pg_stat_activity h ON h.pid = l.pid
            ORDER BY h.xact_start LIMIT 1
            """;

    private final JdbcClient jdbc;

    LockHolders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A session in the way of the hub.
     *
     * @param waiting the application name of the hub's session that waits, or what waits without a session
     * @param waits for so many seconds
     * @param pid of the holder's session
     * @param state as pg_stat_activity has it, such as "idle in transaction"
     * @param began when the holder's transaction began; empty when that may not be seen
     * @param lasts the age of that transaction, seconds
     */
    record Holder(String waiting, long waits, long pid, String application, String state, String began, long lasts) {

        boolean isSame(@Nullable Holder other) {
            return other != null && other.pid == pid && other.began.equals(began);
        }
    }

    /**
     * Who blocks the hub now: of several the one that began first and waits for nobody else. Also who locks the inbox of
     * people whose notifications were put off for it, and whom nothing waits for meanwhile.
     */
    Optional<Holder> now() {
        return jdbc.sql(HOLDER).query(Holder.class).optional().or(() -> jdbc.sql(HOLDER_OF_INBOX)
                .query(Holder.class)
                .optional());
    }

    /** Whether its transaction goes on, whoever waits for it. */
    boolean lasts(Holder holder) {
        List<Long> found = jdbc.sql(
                        "SELECT pid FROM pg_stat_activity WHERE pid = ? AND coalesce(xact_start::text, '') = ?")
                .params(holder.pid, holder.began)
                .query(Long.class)
                .list();
        return !found.isEmpty();
    }
}
