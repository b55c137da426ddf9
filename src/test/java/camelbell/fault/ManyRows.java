package camelbell.fault;

/** An inbox that has grown for years, written past the hub as the hub would have written it. */
final class ManyRows {

    private ManyRows() {}

    static void of(Rig rig, long person, int rows) {
        rig.database.execute(
                """
                WITH event AS (
                    INSERT INTO ticket_event (id, source, event_id, type, occurred_at, received_at, assignees, ticket_id,
                        ticket_title, ticket_priority, ticket_category, ticket_status, ticket_created_by,
                        ticket_project, ticket_created_at, subject, message)
                    SELECT -n, '%1$s', 'old-' || n, 'ticket_assigned', '2025-01-01Z', '2025-01-01Z', '{%2$d}', 7,
                        'Printer', 'HIGH', 'BUG', 'NEW', 2, 'Main', '2025-01-01Z', 'Printer', 'Printer'
                    FROM generate_series(1, %3$d) AS n RETURNING id)
                INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at, sent_at)
                SELECT id, id, %2$d, 'SYSTEM', 'SENT', true, -id, '2025-01-01Z', '2025-01-01Z' FROM event
                """
                        .formatted(Beside.SOURCE, person, rows));
        rig.database.execute("INSERT INTO inbox (recipient, channel, unread, last_seq) VALUES (" + person
                + ", 'SYSTEM', " + rows + ", " + rows + ")");
        rig.database.execute("ANALYZE notification_log");
    }
}
