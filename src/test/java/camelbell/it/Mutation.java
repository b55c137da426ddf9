package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first example of a schema with one field broken.
 *
 * @param pointer of the field
 * @param gone true when the field is missing, false when it holds what no field may hold
 */
record Mutation(String pointer, boolean gone, JsonNode value) {

    /** An array within an array: of no type that any field has. */
    private static final ArrayNode WRONG =
            JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.arrayNode());

    /** Every required field left out, and every field of the wrong type, in the example and the objects within. */
    static List<Mutation> of(JsonNode schema, Map<String, JsonNode> schemas) {
        List<Mutation> mutations = new ArrayList<>();
        collect(schema, schema.get("examples").get(0), "", schemas, mutations);
        return mutations;
    }

    private static void collect(
            JsonNode schema, JsonNode whole, String pointer, Map<String, JsonNode> schemas, List<Mutation> into) {
        for (JsonNode field : schema.path("required")) {
            into.add(new Mutation(pointer + "/" + field.asText(), true, changed(whole, pointer, field.asText(), null)));
        }
        whole.at(pointer).properties().forEach(field -> {
            String name = field.getKey();
            into.add(new Mutation(pointer + "/" + name, false, changed(whole, pointer, name, WRONG)));
            if (field.getValue().isObject()) {
                JsonNode inner = follow(schema.path("properties").path(name), schemas);
                collect(inner, whole, pointer + "/" + name, schemas, into);
            }
        });
    }

    private static JsonNode follow(JsonNode schema, Map<String, JsonNode> schemas) {
        String file = schema.path("$ref").asText().replace(".json", "");
        return schemas.getOrDefault(file, schema);
    }

    private static JsonNode changed(JsonNode whole, String pointer, String field, @Nullable JsonNode value) {
        JsonNode copy = whole.deepCopy();
        ObjectNode parent = (ObjectNode) copy.at(pointer);
        if (value == null) {
            parent.remove(field);
        } else {
            parent.set(field, value);
        }
        return copy;
    }
}
