package camelbell.store;

import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an event back from a row of ticket_event, and writes what of it is JSON there. */
final class EventColumns {

    /** What {@link #event} and {@link EventWords#of} read of ticket_event e: not its plan, which may name everybody. */
    static final String OF_E =
            """
            e.source, e.event_id, e.type, e.occurred_at, e.actor, e.assignees, e.ticket_id, e.ticket_title, e.ticket_priority,
            e.ticket_category, e.ticket_status, e.ticket_created_by, e.ticket_project, e.ticket_created_at, e.ticket_further,
            e.subject, e.message, e.words
            """;

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> FURTHER = new TypeReference<>() {};

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
                instant(row, "ticket_created_at"),
                further(row.getString("ticket_further")));
    }

    private static Map<String, String> further(@Nullable String json) throws SQLException {
        try {
            return json == null ? Map.of() : JSON.readValue(json, FURTHER);
        } catch (JsonProcessingException e) {
            throw new SQLException("ticket_event.ticket_further is no object of texts", e);
        }
    }

    /** Fields of tickets that only the policy table names; null for none. */
    static @Nullable String furtherJson(Ticket ticket) {
        try {
            return ticket.further().isEmpty() ? null : JSON.writeValueAsString(ticket.further());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts are always JSON", e);
        }
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
