package camelbell.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of events is what the contract's schemas say. */
class EventsPageTest {

    private static final Path SCHEMAS = Path.of("src/main/resources/contracts/schemas");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void the_page_is_what_the_schemas_say() throws IOException {
        JsonNode event = schema("ticket-event.json");
        JsonNode data = schema("ticket-event-data.json");
        JsonNode user = schema("user.json");
        new GeneratedPage("events.md")
                .holds(
                        EventsPageTest.class,
                        part("The event", event, event)
                                + part("Its data", data, data)
                                + part("`data.ticket`", data.at("/properties/ticket"), data.at("/properties/ticket"))
                                + example(event)
                                + part("The user", user, user));
    }

    private static String part(String heading, JsonNode schema, JsonNode object) {
        StringBuilder part = new StringBuilder("## " + heading + "\n\n");
        String about = schema.path("description").asText();
        part.append(about.isEmpty() ? "" : escaped(about) + "\n\n");
        part.append("| field | | type | bounds | meaning |\n|---|---|---|---|---|\n");
        List<String> required = new ArrayList<>();
        object.path("required").forEach(name -> required.add(name.asText()));
        object.path("properties")
                .properties()
                .forEach(field -> part.append("| `%s` | %s | %s | %s | %s |%n"
                        .formatted(
                                field.getKey(),
                                required.contains(field.getKey()) ? "required" : "",
                                type(field.getValue()),
                                bounds(field.getValue()),
                                meaning(field))
                        .replace("\r", "")));
        return part.append('\n').toString();
    }

    private static String type(JsonNode field) {
        if (field.has("const")) {
            return "`" + field.get("const").asText() + "`";
        }
        if (field.has("enum")) {
            List<String> values = new ArrayList<>();
            field.get("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            return String.join(", ", values);
        }
        if (field.has("anyOf")) {
            return "object";
        }
        List<String> types = new ArrayList<>();
        if (field.path("type").isArray()) {
            field.get("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(field.path("type").asText());
        }
        String format =
                field.path("format").asText(field.path("contentEncoding").asText());
        return String.join(" or ", types) + (format.isEmpty() ? "" : ", " + format);
    }

    private static String bounds(JsonNode field) {
        List<String> bounds = new ArrayList<>();
        range(bounds, field, "minimum", "maximum", "");
        range(bounds, field, "minLength", "maxLength", " characters");
        range(bounds, field, "minItems", "maxItems", " entries");
        range(bounds, field.path("items"), "minimum", "maximum", " each");
        range(bounds, field.path("items"), "minLength", "maxLength", " characters each");
        return String.join("; ", bounds);
    }

    private static void range(List<String> bounds, JsonNode field, String least, String most, String unit) {
        if (field.has(least) && field.has(most)) {
            bounds.add(field.get(least).asText() + " to " + field.get(most).asText() + unit);
        } else if (field.has(most)) {
            bounds.add("at most " + field.get(most).asText() + unit);
        } else if (field.has(least)) {
            bounds.add("at least " + field.get(least).asText() + unit);
        }
    }

    private static String meaning(Map.Entry<String, JsonNode> field) {
        if (field.getKey().equals("data")) {
            return "below";
        }
        return escaped(field.getValue().path("description").asText());
    }

    private static String example(JsonNode event) throws IOException {
        return "```json\n"
                + JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(event.at("/examples/0"))
                        .replace("\r", "")
                + "\n```\n\n";
    }

    private static String escaped(String text) {
        return text.replace("<", "\\<").replace("|", "\\|");
    }

    private static JsonNode schema(String name) throws IOException {
        return JSON.readTree(SCHEMAS.resolve(name).toFile());
    }
}
