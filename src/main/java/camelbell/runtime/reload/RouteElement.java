package camelbell.runtime.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One route as the files say it, whether it stands there or a template makes it.
 *
 * @param file its name
 * @param line of its first key
 * @param definition the route, with the template's parameters filled in
 * @param parameters those of the template; empty for a route that stands there
 * @param yaml a route file with nothing but this route in it, on the lines where it stands
 */
record RouteElement(
        String id, String file, int line, JsonNode definition, Map<String, Object> parameters, String yaml) {

    /** What other routes call, what a timer feeds: these can be taken away and put back. Other consumers belong to a protocol. */
    private static final Set<String> MOVABLE = Set.of("direct", "seda", "timer");

    /** What is made anew by exchanging the steps; the rest of a route is where it begins, and how it is held. */
    private static final List<String> OF_THE_STEPS =
            List.of("description", "note", "errorHandler", "routeConfigurationId");

    /** Whether the route begins where the other one does, so that only the steps behind differ. */
    boolean beginsAs(RouteElement other) {
        return frame().equals(other.frame());
    }

    /** Whether it can be stopped, started and taken out by itself. */
    boolean isMovable() {
        return MOVABLE.contains(scheme());
    }

    String scheme() {
        return definition.at("/from/uri").asText().replaceFirst(":.*", "");
    }

    /** Such as {@code direct:settle}, without what else its address says. */
    String beginning() {
        String name = definition.at("/from/parameters/name").asText();
        String uri = definition.at("/from/uri").asText().replaceFirst("\\?.*", "");
        return name.isEmpty() ? uri : scheme() + ":" + name;
    }

    boolean names(String bean) {
        return mentions(definition, bean);
    }

    boolean isConfiguredBy(String configuration) {
        return definition.path("routeConfigurationId").asText().equals(configuration);
    }

    String place() {
        return file + ":" + line + ": ";
    }

    private JsonNode frame() {
        ObjectNode frame = definition.deepCopy();
        frame.remove(OF_THE_STEPS);
        if (frame.get("from") instanceof ObjectNode from) {
            from.remove(List.of("steps", "id", "description"));
        }
        return frame;
    }

    static boolean mentions(JsonNode node, String word) {
        return mentions(node, Pattern.compile("\\b" + Pattern.quote(word) + "\\b"));
    }

    private static boolean mentions(JsonNode node, Pattern word) {
        if (node.isTextual()) {
            return word.matcher(node.asText()).find();
        }
        for (JsonNode child : node) {
            if (mentions(child, word)) {
                return true;
            }
        }
        return false;
    }
}
