package camelbell.dev.playground;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A ticket of the page as it is after what has happened to it.
 *
 * @param happened the events, the oldest first
 */
record Ticket(
        long id,
        String title,
        String priority,
        String category,
        String project,
        String createdAt,
        String status,
        List<Long> assignees,
        List<Happened> happened) {

    /** An event that Kafka has taken. */
    record Happened(String id, String type, String at) {}

    /** The same after this step. */
    Ticket after(Step step, List<Long> worksOnIt, Happened event) {
        List<Happened> all = new ArrayList<>(happened);
        all.add(event);
        return new Ticket(id, title, priority, category, project, createdAt, step.status, worksOnIt, List.copyOf(all));
    }

    /** The types of the events that may come now. */
    List<String> next() {
        return happened.isEmpty()
                ? List.of(Step.TICKET_CREATED.type())
                : Step.valueOf(happened.get(happened.size() - 1).type.toUpperCase(Locale.ROOT))
                        .next();
    }

    JsonObject toJson() {
        JsonArray events = new JsonArray();
        happened.forEach(one -> events.add(
                new JsonObject().put("id", one.id).put("type", one.type).put("at", one.at)));
        return new JsonObject()
                .put("id", id)
                .put("title", title)
                .put("priority", priority)
                .put("category", category)
                .put("project", project)
                .put("created_at", createdAt)
                .put("status", status)
                .put("assignees", new JsonArray(assignees))
                .put("happened", events);
    }

    static Ticket from(JsonObject json) {
        return new Ticket(
                json.getLong("id"),
                json.getString("title"),
                json.getString("priority"),
                json.getString("category"),
                json.getString("project"),
                json.getString("created_at"),
                json.getString("status"),
                json.getJsonArray("assignees").stream()
                        .map(one -> ((Number) one).longValue())
                        .toList(),
                json.getJsonArray("happened").stream()
                        .map(JsonObject.class::cast)
                        .map(one -> new Happened(one.getString("id"), one.getString("type"), one.getString("at")))
                        .toList());
    }
}
