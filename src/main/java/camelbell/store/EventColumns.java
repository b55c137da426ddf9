package camelbell.store;

import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads an event back from a row of ticket_event. */
final class EventColumns {

    private EventColumns() {}

    static TicketEvent event(ResultSet row) throws SQLException {
        long actor = row.getLong("actor");
        return new TicketEvent(
                row.getString("source"),
                row.getString("event_id"),
                row.getString("type"),
                instant(row, "occurred_at"),
                ticket(row),
                actor == 0 ? null : actor,
                ids(row.getArray("assignees")));
    }

    private static Ticket ticket(ResultSet row) throws SQLException {
        return new Ticket(
                row.getLong("ticket_id"),
                row.getString("ticket_title"),
                row.getString("ticket_priority"),
                row.getString("ticket_category"),
                row.getString("ticket_status"),
                row.getLong("ticket_created_by"),
                row.getString("ticket_project"),
                instant(row, "ticket_created_at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<Long> ids(Array array) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Object id : (Object[]) array.getArray()) {
            ids.add((Long) id);
        }
        return ids;
    }
}
