package camelbell.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * People and events beside the workload. Their events have a source of their own, which {@link Invariants} leave to the
 * chapter, and the people neither address nor number, so that no provider hears of them.
 */
final class Beside {

    static final String SOURCE = "urn:beside";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private Beside() {}

    static String person(long id, String role) {
        return person(id, role, "User " + id);
    }

    static String person(long id, String role, String name) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("username", "user_" + id)
                .put("name", name)
                .put("role", role)
                .toString();
    }

    /** Somebody with an address, whom providers hear of. */
    static String reachable(long id) {
        return person(id, "CLIENT").replaceFirst("}$", ",\"email\":\"" + Workload.MAIL_MARKER + id + "@example.org\"}");
    }

    /** So many people from this id on; a hub that reads them has them when it is ready. */
    static void people(Rig rig, long first, int count, String role) {
        LongStream.range(first, first + count)
                .forEach(id -> rig.topics.post("users", String.valueOf(id), person(id, role)));
        rig.topics.flush();
    }

    /** Waits until the hub's directory has everybody from this id on. */
    static void awaitPeople(Rig rig, long first, int count) {
        String known = "SELECT count(*) FROM person WHERE id >= " + first;
        Wait.until(
                () -> count + " people from " + first + " are known, not " + rig.database.count(known),
                LONGEST,
                () -> rig.database.count(known) >= count);
    }

    static ObjectNode event(String id, String type, long ticket, List<Long> assignees) {
        ObjectNode event = JSON.createObjectNode().put("specversion", "1.0").put("id", id);
        event.put("source", SOURCE).put("type", type).put("subject", String.valueOf(ticket));
        ObjectNode data = event.putObject("data");
        data.putObject("ticket")
                .put("id", ticket)
                .put("title", "Printer")
                .put("priority", "HIGH")
                .put("category", "BUG")
                .put("status", "NEW")
                .put("created_by", 2)
                .put("project_name", "Main")
                .put("created_at", "2026-01-01T00:00:00Z");
        ArrayNode told = data.putArray("assignees");
        assignees.forEach(told::add);
        return event;
    }

    static ObjectNode titled(ObjectNode event, String title) {
        ((ObjectNode) event.path("data").path("ticket")).put("title", title);
        return event;
    }

    /** Rows in the log of this event or, with a wildcard, of these. */
    static long rows(Rig rig, String event) {
        return rig.database.count("SELECT count(*) FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                + " WHERE e.source = '" + SOURCE + "' AND e.event_id LIKE '" + event + "'");
    }

    static void awaitRows(Rig rig, String event, long rows, Duration most) {
        Wait.until(
                () -> rows + " rows of " + event + ", not " + rows(rig, event), most, () -> rows(rig, event) >= rows);
    }
}
