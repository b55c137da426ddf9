package camelbell.store;

import camelbell.store.AgedRow.RowPlace;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How attempts ended: written once, needed by nothing. An old notification that is tried again gets young ones. */
final class AgedAttempts implements AgedTable {

    private static final String SAME =
            """
            unnest(CAST(:numbers AS bigint[]), CAST(:times AS text[]), CAST(:lines AS text[])) AS u (number, at, line)
            WHERE a.notification_id = u.number AND a.at = CAST(u.at AS timestamptz) AND CAST(row_to_json(a) AS text) = u.line
            """;

    private final JdbcClient jdbc;

    AgedAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AgedRow> page(RowPlace after, Instant before, int most) {
        return jdbc.sql(
                        "SELECT a.notification_id, a.at, row_to_json(a)::text AS line FROM attempt a"
                                + " WHERE (a.notification_id, a.at) > (?, ?) AND a.at < ? ORDER BY a.notification_id, a.at LIMIT ?")
                .params(after.number(), after.at().atOffset(ZoneOffset.UTC), before.atOffset(ZoneOffset.UTC), most)
                .query((row, number) -> {
                    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
                    return new AgedRow(
                            new RowPlace(row.getLong("notification_id"), at), at, true, row.getString("line"));
                })
                .list();
    }

    @Override
    public List<Long> unchanged(RowLines lines) {
        return lines.of(jdbc, "SELECT a.notification_id FROM attempt a, " + SAME)
                .query(Long.class)
                .list();
    }

    @Override
    public void take(RowLines lines, long archive) {
        lines.of(jdbc, "DELETE FROM attempt a USING " + SAME).update();
    }

    @Override
    public List<Long> present(RowLines lines) {
        return unchanged(lines);
    }

    @Override
    public int putBack(RowLines lines) {
        return lines.of(
                        jdbc,
                        """
                        INSERT INTO attempt
                        SELECT r.* FROM unnest(CAST(:lines AS text[])) AS line,
                            json_populate_record(CAST(NULL AS attempt), CAST(line AS json)) AS r
                        ON CONFLICT DO NOTHING
                        """)
                .update();
    }
}
