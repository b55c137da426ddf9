package camelbell.api;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The writing side of "read". Locks the person's inbox rows first, in one order, so that two devices, and a recording
 * that counts new notifications in, never wait for each other in a circle.
 */
@Component
class ReadMarks {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReadMarks(@Qualifier("apiJdbc") JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How many were unread and are read now. Within the caller's transaction. */
    long mark(long user, Condition condition) {
        jdbc.sql("SELECT channel FROM inbox WHERE recipient = ? ORDER BY channel COLLATE \"C\" FOR UPDATE")
                .param(user)
                .query(String.class)
                .list();
        List<Object> values = new ArrayList<>();
        values.add(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        values.addAll(condition.values());
        values.add(user);
        return jdbc.sql(
                        """
                        WITH marked AS (
                            UPDATE notification_log n SET read_at = ? WHERE %s AND n.read_at IS NULL
                            RETURNING n.channel, n.listed),
                        counted AS (SELECT channel, count(*) FILTER (WHERE listed) AS n FROM marked GROUP BY channel),
                        changed AS (
                            UPDATE inbox i SET unread = i.unread - counted.n FROM counted
                            WHERE i.recipient = ? AND i.channel = counted.channel RETURNING 1)
                        SELECT count(*) FROM marked
                        """
                                .formatted(condition.sql()))
                .params(values)
                .query(Long.class)
                .single();
    }
}
