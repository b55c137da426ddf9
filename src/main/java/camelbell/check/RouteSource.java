package camelbell.check;

import camelbell.configuration.CheckedYaml;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One route file, as it is written. */
record RouteSource(String name, CheckedYaml yaml) {

    private static final Set<String> OPAQUE = Set.of("parameters", "properties", "beans", "expression");
    private static final Pattern NUMBER = Pattern.compile("(\\d{2})-.*");

    /** Its place in the flow, which only goes to higher ones; -1 for a name without one. */
    int number() {
        Matcher number = NUMBER.matcher(name);
        return number.matches() ? Integer.parseInt(number.group(1)) : -1;
    }

    /** The elements of one kind, such as {@code route}. */
    List<JsonNode> all(String kind) {
        List<JsonNode> all = new ArrayList<>();
        yaml.content().forEach(element -> {
            if (element.has(kind)) {
                all.add(element.get(kind));
            }
        });
        return all;
    }

    /** The beans that the file makes. */
    List<JsonNode> beans() {
        List<JsonNode> beans = new ArrayList<>();
        all("beans").forEach(list -> list.forEach(beans::add));
        return beans;
    }

    /** Calls back with every field of the file, at any depth: its name and its value. */
    void walk(BiConsumer<String, JsonNode> visit) {
        walk(yaml.content(), visit);
    }

    /** Only those that are of steps and routes: what parameters and properties hold may have any name. */
    void walkSteps(BiConsumer<String, JsonNode> visit) {
        walkSteps(yaml.content(), visit);
    }

    /** The same for a part of it. */
    static void walkSteps(JsonNode node, BiConsumer<String, JsonNode> visit) {
        node.properties().forEach(field -> {
            visit.accept(field.getKey(), field.getValue());
            if (!OPAQUE.contains(field.getKey())) {
                walkSteps(field.getValue(), visit);
            }
        });
        if (node.isArray()) {
            node.forEach(item -> walkSteps(item, visit));
        }
    }

    /** Every field below a node. */
    static void walk(JsonNode node, BiConsumer<String, JsonNode> visit) {
        node.properties().forEach(field -> {
            visit.accept(field.getKey(), field.getValue());
            walk(field.getValue(), visit);
        });
        if (node.isArray()) {
            node.forEach(item -> walk(item, visit));
        }
    }

    /** A parameter of a {@code templatedRoute}; a missing node where it is not given. */
    static JsonNode parameter(JsonNode made, String name) {
        for (JsonNode parameter : made.path("parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("value");
            }
        }
        return made.path("parameters").path(name); // a map is read, too, and missing in a list
    }
}
