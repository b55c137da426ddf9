package camelbell.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The row locks that writing outcomes needs: on notifications and on their deliveries. In the caller's transaction. */
@Component
class OutcomeLocks {

    private final JdbcClient jdbc;

    OutcomeLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Locks, in the order that all use and without waiting, and answers the notifications of which somebody else has locked
     * a row. The value says whether it is the notification itself; otherwise it is its delivery only.
     */
    Map<Long, Boolean> take(Long[] notifications) {
        Map<Long, Boolean> locked = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        WITH log AS (
                            SELECT id FROM notification_log WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED),
                        work AS (
                            SELECT notification_id AS id FROM delivery WHERE notification_id = ANY(:ids)
                            ORDER BY notification_id FOR UPDATE SKIP LOCKED)
                        SELECT id, true AS log FROM notification_log WHERE id = ANY(:ids) AND id NOT IN (SELECT id FROM log)
                        UNION ALL
                        SELECT notification_id, false FROM delivery
                        WHERE notification_id = ANY(:ids) AND notification_id NOT IN (SELECT id FROM work)
                        """)
                .param("ids", notifications)
                .query(row -> {
                    locked.merge(row.getLong("id"), row.getBoolean("log"), Boolean::logicalOr);
                });
        return locked;
    }
}
