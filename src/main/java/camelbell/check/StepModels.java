package camelbell.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;

/**
 * What Camel reads of a step without asking, and misses only when it starts it: an expression, a number, a time when a list is
 * whole. By its catalogue of steps.
 */
final class StepModels {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?");
    private static final Set<String> TRUTHS = Set.of("true", "false");

    /** Says how often is looked for a completion, but not when there is one. */
    private static final String LOOKS = "completionTimeoutCheckerInterval";

    private final DefaultRuntimeCamelCatalog catalog;
    private final Map<String, JsonNode> models = new HashMap<>();

    StepModels(DefaultRuntimeCamelCatalog catalog) {
        this.catalog = catalog;
    }

    void check(RouteSource file) {
        file.walkSteps((name, step) -> {
            if (step.isObject()) {
                JsonNode model = models.computeIfAbsent(name, this::model);
                expression(file, name, step, model);
                step.properties()
                        .forEach(one -> value(file, one.getKey(), one.getValue(), type(model.path(one.getKey()))));
                if (name.equals("aggregate") && !completes(step)) {
                    file.yaml()
                            .warning(
                                    step,
                                    "aggregate has no completion, such as completionSize or completionTimeout; only a"
                                            + " strategy that is a predicate, too, could say when a list is whole");
                }
            }
        });
    }

    private static void expression(RouteSource file, String name, JsonNode step, JsonNode model) {
        Set<String> any = new LinkedHashSet<>();
        model.properties().stream()
                .filter(property -> property.getValue().path("kind").asText().equals("expression"))
                .filter(property -> property.getValue().path("required").asBoolean())
                .forEach(property -> {
                    any.add(property.getKey());
                    property.getValue().path("oneOf").forEach(language -> any.add(language.asText()));
                });
        if (!any.isEmpty() && any.stream().noneMatch(step::has)) {
            file.yaml().error(step, name + " has no " + any.iterator().next() + ", such as simple or constant");
        }
    }

    private static String type(JsonNode attribute) {
        return attribute.path("kind").asText().equals("attribute")
                ? attribute.path("type").asText()
                : "";
    }

    /** Camel converts what is written, and takes keys of the configuration anywhere; texts take whatever is written. */
    private static void value(RouteSource file, String name, JsonNode value, String due) {
        if (!value.isValueNode() || value.isNull() || value.asText().contains("{{")) {
            return;
        }
        boolean fits =
                switch (due) {
                    case "boolean" -> TRUTHS.contains(value.asText());
                    case "integer" -> WHOLE.matcher(value.asText()).matches();
                    case "number" -> NUMBER.matcher(value.asText()).matches();
                    default -> true;
                };
        if (!fits) {
            file.yaml().error(value, name + " is \"" + value.asText() + "\", and a " + due + " is due");
        }
    }

    private static boolean completes(JsonNode aggregate) {
        return aggregate.properties().stream()
                .map(Map.Entry::getKey)
                .anyMatch(key -> key.startsWith("completion") && !key.equals(LOOKS));
    }

    /** The properties that Camel's catalogue knows of a step of that name; missing: it is none. */
    private JsonNode model(String step) {
        String model = catalog.modelJSonSchema(step);
        try {
            return model == null
                    ? MissingNode.getInstance()
                    : JSON.readTree(model).path("properties");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
