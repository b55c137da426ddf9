package camelbell.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The writing side of "read". Locks the person's inbox rows first, in one order, so that two devices, and a recording
 * that counts new notifications in, never wait for each other in a circle.
 */
@Component
public class ReadMarks {

    private static final String NEWEST_FIRST = " ORDER BY n.created_at DESC, n.id DESC";

    private final JdbcClient jdbc;
    private final JdbcClient statements;
    private final InboxCounters counters;
    private final Clock clock;
    private final int size;

    /**
     * @param statements each is a transaction of its own
     * @param size rows that marking all changes in one transaction
     */
    ReadMarks(
            @Qualifier("apiJdbc") JdbcClient jdbc,
            @Qualifier("apiStatements") JdbcClient statements,
            Clock clock,
            @Value("${camelbell.api.mark-slice}") int size) {
        this.statements = statements;
        this.size = size;
        this.jdbc = jdbc;
        this.counters = new InboxCounters(jdbc);
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
    public Condition known(long user, long newest, Instant createdAt, Condition condition) {
        Long seq = jdbc.sql(
                        """
                        SELECT max(seq) FROM notification_log
                        WHERE recipient = ? AND event = (SELECT event FROM notification_log WHERE id = ?)
                        """)
                .params(user, newest)
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
                        createdAt.atOffset(ZoneOffset.UTC));
    }

    /**
     * What became of a slice.
     *
     * @param marked how many were unread and are read now
     * @param next where the next slice begins; null when this was the last
     */
    public record MarkedSlice(long marked, @Nullable Place next) {}

    /** Behind it in the list is what is older. */
    public record Place(Instant createdAt, long id) {}

    /**
     * Marks the newest of what is meant, in a short transaction of its own. They are found channel by channel and merged,
     * since so the index has them: no slice looks at more than it marks.
     *
     * @param channels beside those that the person has counters of
     */
    @Transactional
    public MarkedSlice markSlice(long user, Condition condition, Collection<String> channels) {
        Set<String> all = new LinkedHashSet<>(counters.lock(user));
        all.addAll(channels);
        Condition parts = Condition.union(
                "n.id, n.created_at",
                all.stream()
                        .map(channel -> condition.and("n.channel = ? AND n.read_at IS NULL", channel))
                        .toList(),
                NEWEST_FIRST,
                new Condition(" LIMIT " + size, List.of()));
        List<Object> values = new ArrayList<>(parts.values());
        values.add(size);
        values.add(now());
        values.add(user);
        return jdbc.sql(
                        """
                        WITH slice AS (
                            SELECT n.id, n.created_at FROM (%s) n %s LIMIT ?),
                        marked AS (
                            UPDATE notification_log m SET read_at = ? FROM slice WHERE m.id = slice.id
                            RETURNING m.channel, m.listed),
                        less AS (
                            SELECT ?::bigint AS recipient, channel, count(*) FILTER (WHERE listed) AS n, 0 AS gone
                            FROM marked GROUP BY channel),
                        changed AS (%s)
                        SELECT (SELECT count(*) FROM marked), id, created_at FROM slice ORDER BY created_at, id LIMIT 1
                        """
                                .formatted(parts.sql(), NEWEST_FIRST, InboxCounters.SUBTRACT))
                .params(values)
                .query((row, number) -> slice(row))
                .optional()
                .orElse(new MarkedSlice(0, null));
    }

    private MarkedSlice slice(ResultSet row) throws SQLException {
        long marked = row.getLong(1);
        Instant oldest = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new MarkedSlice(marked, marked < size ? null : new Place(oldest, row.getLong("id")));
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /**
     * Whether this one was unread and is read now. One statement, so that it is one way to the database and back: it locks
     * the counter that it will change first, as all do. What others have done to the row while it waited is seen, for a row
     * that is changed is looked at again.
     */
    public boolean markOne(long user, long id, Condition condition) {
        List<Object> values = new ArrayList<>(List.of(user, user, id, now()));
        values.addAll(condition.values());
        values.add(id);
        values.add(user);
        return statements
                        .sql(
                                """
                        WITH held AS MATERIALIZED (
                            SELECT 1 FROM inbox WHERE recipient = ? AND channel = (
                                SELECT channel FROM notification_log WHERE recipient = ? AND id = ?) FOR UPDATE),
                        marked AS (
                            UPDATE notification_log n SET read_at = ?
                            WHERE %s AND n.id = ? AND n.read_at IS NULL AND (SELECT count(*) FROM held) >= 0
                            RETURNING n.channel, n.listed),
                        less AS (
                            SELECT ?::bigint AS recipient, channel, CASE WHEN listed THEN 1 ELSE 0 END AS n, 0 AS gone
                            FROM marked),
                        changed AS (%s)
                        SELECT count(*) FROM marked
                        """
                                        .formatted(condition.sql(), InboxCounters.SUBTRACT))
                        .params(values)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** How many were unread and are read now. */
    @Transactional
    public long mark(long user, Condition condition) {
        counters.lock(user);
        List<Object> values = new ArrayList<>();
        values.add(now());
        values.addAll(condition.values());
        values.add(user);
        return jdbc.sql(
                        """
                        WITH marked AS (
                            UPDATE notification_log n SET read_at = ? WHERE %s AND n.read_at IS NULL
                            RETURNING n.channel, n.listed),
                        less AS (
                            SELECT ?::bigint AS recipient, channel, count(*) FILTER (WHERE listed) AS n, 0 AS gone
                            FROM marked GROUP BY channel),
                        changed AS (%s)
                        SELECT count(*) FROM marked
                        """
                                .formatted(condition.sql(), InboxCounters.SUBTRACT))
                .params(values)
                .query(Long.class)
                .single();
    }
}
