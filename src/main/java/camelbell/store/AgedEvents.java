package camelbell.store;

import camelbell.store.AgedRow.RowPlace;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Accepted events. One leaves when none of its notifications is left or still to be written; what stays is who sent it under
 * which id, which makes the next one with them a duplicate for ever, its type, times and ticket, and in which file the rest is.
 */
final class AgedEvents implements AgedTable {

    private static final String NEEDED = "(EXISTS (SELECT FROM notification_log n WHERE n.event = t.id)"
            + " OR EXISTS (SELECT FROM event_slice s WHERE s.ticket = t.ticket_id AND s.event = t.id))";

    private final JdbcClient jdbc;

    AgedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AgedRow> page(RowPlace after, Instant before, int most) {
        return jdbc.sql(
                        """
                        SELECT t.id, t.received_at, %s AS needed, row_to_json(t)::text AS line
                        FROM ticket_event t WHERE t.id > ? AND t.archived IS NULL ORDER BY t.id LIMIT ?
                        """
                                .formatted(NEEDED))
                .params(after.number(), most)
                .query((row, number) -> {
                    Instant at =
                            row.getObject("received_at", OffsetDateTime.class).toInstant();
                    return new AgedRow(
                            new RowPlace(row.getLong("id"), at), at, !row.getBoolean("needed"), row.getString("line"));
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
                        SELECT t.id FROM ticket_event t
                        JOIN unnest(CAST(:numbers AS bigint[]), CAST(:lines AS text[])) AS u (number, line) ON t.id = u.number
                        WHERE CAST(row_to_json(t) AS text) = u.line AND NOT %s %s
                        """
                                .formatted(NEEDED, locked))
                .query(Long.class)
                .list();
    }

    @Override
    public void take(RowLines lines, long archive) {
        jdbc.sql(
                        """
                        UPDATE ticket_event SET archived = ?, actor = NULL, assignees = '{}', ticket_title = '',
                            ticket_priority = '', ticket_category = '', ticket_status = '', ticket_created_by = 0,
                            ticket_project = '', ticket_further = NULL, subject = '', message = '', words = NULL, plan = NULL
                        WHERE id = ANY(?)
                        """)
                .params(archive, unchanged(lines, "FOR UPDATE OF t SKIP LOCKED").toArray(Long[]::new))
                .update();
    }

    @Override
    public List<Long> present(RowLines lines) {
        return jdbc.sql("SELECT id FROM ticket_event WHERE id = ANY(?) AND archived IS NULL")
                .param(lines.numbers())
                .query(Long.class)
                .list();
    }

    @Override
    public int putBack(RowLines lines) {
        return lines.of(
                        jdbc,
                        """
                        UPDATE ticket_event t SET archived = NULL, actor = r.actor, assignees = r.assignees,
                            ticket_title = r.ticket_title, ticket_priority = r.ticket_priority,
                            ticket_category = r.ticket_category, ticket_status = r.ticket_status,
                            ticket_created_by = r.ticket_created_by, ticket_project = r.ticket_project,
                            ticket_further = r.ticket_further, subject = r.subject, message = r.message, words = r.words,
                            plan = r.plan
                        FROM unnest(CAST(:lines AS text[])) AS line,
                            json_populate_record(CAST(NULL AS ticket_event), CAST(line AS json)) AS r
                        WHERE t.id = r.id AND t.archived IS NOT NULL
                        """)
                .update();
    }
}
