package camelbell.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;

/** Steps have what Camel asks for only when it starts them: an expression, a time when a list is whole. */
final class StepModels {

    private static final JsonMapper JSON = new JsonMapper();

    /** Says how often is looked for a completion, but not when there is one. */
    private static final String LOOKS = "completionTimeoutCheckerInterval";

    private final DefaultRuntimeCamelCatalog catalog;
    private final Map<String, Set<String>> expressions = new HashMap<>();

    StepModels(DefaultRuntimeCamelCatalog catalog) {
        this.catalog = catalog;
    }

    void check(RouteSource file) {
        file.walkSteps((name, value) -> {
            if (value.isObject()) {
                Set<String> any = expressions.computeIfAbsent(name, this::expressionsOf);
                if (!any.isEmpty() && any.stream().noneMatch(value::has)) {
                    file.yaml()
                            .error(value, name + " has no " + any.iterator().next() + ", such as simple or constant");
                }
                if (name.equals("aggregate") && !completes(value)) {
                    file.yaml()
                            .warning(
                                    value,
                                    "aggregate has no completion, such as completionSize or completionTimeout; only a"
                                            + " strategy that is a predicate, too, could say when a list is whole");
                }
            }
        });
    }

    private static boolean completes(JsonNode aggregate) {
        return aggregate.properties().stream()
                .map(Map.Entry::getKey)
                .anyMatch(key -> key.startsWith("completion") && !key.equals(LOOKS));
    }

    /** The keys of which one is due: the expression's own, then the languages that may stand in its place; empty: none is. */
    private Set<String> expressionsOf(String step) {
        String model = catalog.modelJSonSchema(step);
        Set<String> keys = new LinkedHashSet<>();
        if (model != null) {
            properties(model).properties().stream()
                    .filter(property ->
                            property.getValue().path("kind").asText().equals("expression"))
                    .filter(property -> property.getValue().path("required").asBoolean())
                    .forEach(property -> {
                        keys.add(property.getKey());
                        property.getValue().path("oneOf").forEach(language -> keys.add(language.asText()));
                    });
        }
        return keys;
    }

    private static JsonNode properties(String model) {
        try {
            return JSON.readTree(model).path("properties");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
