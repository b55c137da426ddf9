package camelbell.event;

import camelbell.model.Ticket;
import java.util.Set;

/** The {@code ticket} object of an event. All fields of contract §5 are required but the project's name. */
final class TicketFields {

    private static final Set<String> PRIORITIES = Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

    private TicketFields() {}

    static Ticket ticket(Fields fields) {
        String project = fields.optionalText("project_name");
        return new Ticket(
                fields.id("id"),
                fields.text("title"),
                fields.oneOf("priority", PRIORITIES),
                fields.text("category"),
                fields.text("status"),
                fields.id("created_by"),
                project == null ? "" : project,
                fields.time("created_at"));
    }
}
