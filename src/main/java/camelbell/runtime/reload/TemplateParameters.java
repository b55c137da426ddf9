package camelbell.runtime.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills a route template as Camel does, but into a definition that can be compared with another one, and run in the place of
 * another one: Camel's own way adds and starts the route.
 */
final class TemplateParameters {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9_.-]+)(?::[^{}]*)?}}");

    private TemplateParameters() {}

    /** What the route says, and behind it the template's defaults. */
    static Map<String, Object> of(JsonNode template, JsonNode made) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : template.path("parameters")) {
            if (parameter.has("defaultValue")) {
                parameters.put(
                        parameter.path("name").asText(),
                        parameter.path("defaultValue").asText());
            }
        }
        for (JsonNode parameter : made.path("parameters")) {
            parameters.put(
                    parameter.path("name").asText(), parameter.path("value").asText());
        }
        return parameters;
    }

    /** The template's route with ids and parameters of the one that is made of it. */
    static JsonNode fill(JsonNode template, JsonNode made, Map<String, Object> parameters) {
        ObjectNode route = (ObjectNode) filled(template.path("route"), parameters);
        route.put("id", made.path("routeId").asText());
        if (made.has("prefixId")) {
            route.put("nodePrefixId", made.path("prefixId").asText());
        }
        if (made.has("group")) {
            route.put("group", made.path("group").asText());
        }
        return route;
    }

    private static JsonNode filled(JsonNode node, Map<String, Object> parameters) {
        if (node.isTextual()) {
            return TextNode.valueOf(text(node.asText(), parameters));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode filled = object.objectNode();
            object.properties().forEach(entry -> filled.set(entry.getKey(), filled(entry.getValue(), parameters)));
            return filled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = array.arrayNode();
            array.forEach(one -> filled.add(filled(one, parameters)));
            return filled;
        }
        return node;
    }

    /** Whatever is no parameter is a key of the configuration, which Camel looks up. */
    private static String text(String text, Map<String, Object> parameters) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        parameters.containsKey(found.group(1))
                                ? String.valueOf(parameters.get(found.group(1)))
                                : found.group()));
    }
}
