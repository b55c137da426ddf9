package camelbell.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The writing side of "read". Locks the person's inbox rows first, in one order, so that two devices, and a recording
 * that counts new notifications in, never wait for each other in a circle.
 */
@Component
class ReadMarks {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final int size;

    ReadMarks(@Qualifier("apiJdbc") JdbcClient jdbc, Clock clock, ApiProperties api) {
        this.size = api.markSlice();
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What has been committed now, and no notification after it. */
    @Transactional(readOnly = true)
    public Condition known(long user, Condition condition) {
        long newest = jdbc.sql("SELECT coalesce(max(last_seq), 0) FROM inbox WHERE recipient = ?")
                .param(user)
                .query(Long.class)
                .single();
        return condition.and(
                "n.event NOT IN (SELECT late.event FROM notification_log late WHERE late.recipient = ? AND late.seq > ?)",
                user,
                newest);
    }

    /**
     * What had been committed when this one was. The list's order is by time of creation, and a long transaction commits
     * what it created long ago: only the inbox's numbers say who came after whom. Without such a number the list's order
     * is all there is.
     */
    @Transactional(readOnly = true)
    public Condition known(long user, NotificationView newest, Condition condition) {
        Long seq = jdbc.sql(
                        """
                        SELECT max(seq) FROM notification_log
                        WHERE recipient = ? AND event = (SELECT event FROM notification_log WHERE id = ?)
                        """)
                .params(user, newest.id())
                .query((row, number) -> row.getObject(1, Long.class))
                .optional()
                .orElse(null);
        return seq == null
                ? known(user, condition)
                : condition.and(
                        """
                        n.event NOT IN (SELECT late.event FROM notification_log late
                                        WHERE late.recipient = ? AND late.seq > ? AND late.created_at <= ?)""",
                        user,
                        seq,
                        newest.createdAt().atOffset(ZoneOffset.UTC));
    }

    /**
     * What became of a slice.
     *
     * @param marked how many were unread and are read now
     * @param next where the next slice begins; null when this was the last
     */
    record Slice(long marked, @Nullable Cursor next) {}

    /** Marks the newest of what is meant, in a short transaction of its own. */
    @Transactional
    public Slice markSlice(long user, Condition condition) {
        lock(user);
        List<Object> values = new ArrayList<>(condition.values());
        values.add(size);
        values.add(now());
        values.add(user);
        return jdbc.sql(
                        """
                        WITH slice AS (
                            SELECT n.id, n.created_at FROM notification_log n WHERE %s AND n.read_at IS NULL
                            ORDER BY n.created_at DESC, n.id DESC LIMIT ?),
                        marked AS (
                            UPDATE notification_log m SET read_at = ? FROM slice WHERE m.id = slice.id
                            RETURNING m.channel, m.listed),
                        counted AS (SELECT channel, count(*) FILTER (WHERE listed) AS n FROM marked GROUP BY channel),
                        changed AS (
                            UPDATE inbox i SET unread = i.unread - counted.n FROM counted
                            WHERE i.recipient = ? AND i.channel = counted.channel RETURNING 1)
                        SELECT (SELECT count(*) FROM marked), id, created_at FROM slice ORDER BY created_at, id LIMIT 1
                        """
                                .formatted(condition.sql()))
                .params(values)
                .query((row, number) -> slice(row))
                .optional()
                .orElse(new Slice(0, null));
    }

    private Slice slice(ResultSet row) throws SQLException {
        long marked = row.getLong(1);
        Instant oldest = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new Slice(marked, marked < size ? null : new Cursor(true, oldest, row.getLong("id")));
    }

    private void lock(long user) {
        jdbc.sql("SELECT channel FROM inbox WHERE recipient = ? ORDER BY channel COLLATE \"C\" FOR UPDATE")
                .param(user)
                .query(String.class)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** How many were unread and are read now. Within the caller's transaction. */
    long mark(long user, Condition condition) {
        lock(user);
        List<Object> values = new ArrayList<>();
        values.add(now());
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
