package camelbell.runtime.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a JSON Schema says of a value, in a few words. */
final class SchemaWords {

    private SchemaWords() {}

    static String type(JsonNode schema) {
        if (schema.has("const")) {
            return schema.path("const").toString();
        }
        if (schema.has("enum")) {
            return joined(schema.path("enum"), " | ");
        }
        String type = schema.path("type").isArray()
                ? joined(schema.path("type"), " | ").replace("\"", "")
                : schema.path("type").asText();
        return schema.has("format") ? type + ", " + schema.path("format").asText() : type;
    }

    static boolean isRequired(JsonNode schema, String property) {
        for (JsonNode name : schema.path("required")) {
            if (name.asText().equals(property)) {
                return true;
            }
        }
        return false;
    }

    private static String joined(JsonNode values, String between) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.toString()));
        return String.join(between, words);
    }
}
