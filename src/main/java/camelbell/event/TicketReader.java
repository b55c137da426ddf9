package camelbell.event;

import camelbell.model.Shortened;
import camelbell.model.Ticket;
import java.util.Set;

/** The {@code ticket} object of an event. All fields of contract §5 are required but the project's name. Words that are too long are shortened, never refused. */
final class TicketReader {

    private static final Set<String> PRIORITIES = Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

    private TicketReader() {}

    static Ticket ticket(Fields fields) {
        String project = fields.optionalText("project_name");
        return new Ticket(
                fields.id("id"),
                Shortened.to(fields.text("title"), Shortened.TITLE),
                fields.oneOf("priority", PRIORITIES),
                Shortened.to(fields.text("category"), Shortened.WORD),
                Shortened.to(fields.text("status"), Shortened.WORD),
                fields.id("created_by"),
                project == null ? "" : Shortened.to(project, Shortened.WORD),
                fields.time("created_at"));
    }
}
