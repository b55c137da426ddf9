package camelbell.event;

import camelbell.model.Shortened;
import camelbell.model.Ticket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code ticket} object of an event. All fields of contract §5 are required but the project's name. Words that are too long are shortened, never refused. */
final class TicketReader {

    private static final Set<String> PRIORITIES = Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

    private TicketReader() {}

    /** @param further names of fields beyond the contract's that are kept where the event has them */
    static Ticket ticket(Fields fields, List<String> further) {
        String project = fields.optionalText("project_name");
        return new Ticket(
                fields.id("id"),
                Shortened.to(fields.text("title"), Shortened.TITLE),
                fields.oneOf("priority", PRIORITIES),
                Shortened.to(fields.text("category"), Shortened.WORD),
                Shortened.to(fields.text("status"), Shortened.WORD),
                fields.id("created_by"),
                project == null ? "" : Shortened.to(project, Shortened.WORD),
                fields.time("created_at"),
                further(fields, further));
    }

    private static Map<String, String> further(Fields fields, List<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            String value = fields.scalar(name);
            if (value != null) {
                values.put(name, Shortened.to(value, Shortened.WORD));
            }
        }
        return values;
    }
}
