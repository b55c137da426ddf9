package camelbell.store;

import camelbell.store.AgedRow.RowPlace;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The notification log: what is still to be delivered stays; what leaves, leaves all counts. */
final class AgedNotifications implements AgedTable {

    private static final String DONE =
            "n.status <> 'PENDING' AND NOT EXISTS (SELECT FROM delivery d WHERE d.notification_id = n.id)";

    private final JdbcClient jdbc;
    private final NotificationRemoval removal;

    AgedNotifications(JdbcClient jdbc, NotificationRemoval removal) {
        this.jdbc = jdbc;
        this.removal = removal;
    }

    @Override
    public List<AgedRow> page(RowPlace after, Instant before, int most) {
        return jdbc.sql("SELECT n.id, n.created_at, " + DONE + " AS done, row_to_json(n)::text AS line"
                        + " FROM notification_log n WHERE n.id > ? ORDER BY n.id LIMIT ?")
                .params(after.number(), most)
                .query((row, number) -> {
                    Instant at =
                            row.getObject("created_at", OffsetDateTime.class).toInstant();
                    return new AgedRow(
                            new RowPlace(row.getLong("id"), at), at, row.getBoolean("done"), row.getString("line"));
                })
                .list();
    }

    @Override
    public List<Long> unchanged(RowLines lines) {
        return unchanged(lines, "");
    }

    private List<Long> unchanged(RowLines lines, String locked) {
        return lines.of(
                        jdbc,
                        """
                        SELECT n.id FROM notification_log n
                        JOIN unnest(CAST(:numbers AS bigint[]), CAST(:lines AS text[])) AS u (number, line) ON n.id = u.number
                        WHERE CAST(row_to_json(n) AS text) = u.line AND\s"""
                                + DONE
                                + locked)
                .query(Long.class)
                .list();
    }

    @Override
    public void take(RowLines lines, long archive) {
        removal.remove(unchanged(lines, " FOR UPDATE OF n SKIP LOCKED"), false);
    }

    @Override
    public List<Long> present(RowLines lines) {
        return jdbc.sql("SELECT id FROM notification_log WHERE id = ANY(?)")
                .param(lines.numbers())
                .query(Long.class)
                .list();
    }

    /** They come back to the lists, and to the counts. */
    @Override
    public int putBack(RowLines lines) {
        lockedCounters(lines);
        return lines.of(
                        jdbc,
                        """
                        WITH back AS (
                            INSERT INTO notification_log
                            SELECT r.* FROM unnest(CAST(:lines AS text[])) AS line,
                                json_populate_record(CAST(NULL AS notification_log), CAST(line AS json)) AS r
                            ON CONFLICT DO NOTHING RETURNING recipient, channel, listed, read_at),
                        less AS (
                            SELECT recipient, channel, -count(*) FILTER (WHERE read_at IS NULL) AS n, -count(*) AS gone
                            FROM back WHERE listed GROUP BY 1, 2),
                        counted AS (%s)
                        SELECT count(*) FROM back
                        """
                                .formatted(InboxCounters.SUBTRACT))
                .query(Integer.class)
                .single();
    }

    /** Before the rows, as everybody who counts locks them; a person who has none begins behind what comes back. */
    private void lockedCounters(RowLines lines) {
        lines.of(
                        jdbc,
                        """
                        INSERT INTO inbox (recipient, channel, unread, last_seq)
                        SELECT r.recipient, r.channel, 0, coalesce(max(r.seq), 0) FROM unnest(CAST(:lines AS text[])) AS line,
                            json_populate_record(CAST(NULL AS notification_log), CAST(line AS json)) AS r
                        WHERE r.listed GROUP BY r.recipient, r.channel ORDER BY r.recipient, r.channel COLLATE "C"
                        ON CONFLICT (recipient, channel) DO UPDATE SET counted = CAST(pg_current_xact_id() AS xid),
                            listed = CASE WHEN inbox.counted = inbox.xmin THEN inbox.listed END
                        """)
                .update();
    }
}
