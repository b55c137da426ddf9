package camelbell.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/**
 * What Camel reads of a step without asking, and misses only when it starts it: an expression, a number, a time when a list is
 * whole. By its catalogue of steps and languages.
 */
final class StepModels {

    private static final JsonMapper JSON = new JsonMapper();

    /** Steps whose expression the catalogue says is due, and Camel does without. */
    private static final Set<String> WITHOUT = Set.of("sort", "delay");

    /** Lists of steps that have another name there. */
    private static final Map<String, String> LISTS = Map.of("headers", "setHeader", "variables", "setVariable");

    /** Free names and values: of endpoints, of templates, of beans. */
    private static final Set<String> OPAQUE = Set.of("parameters", "properties", "beans");

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)");

    /** Says how often is looked for a completion, but not when there is one. */
    private static final String LOOKS = "completionTimeoutCheckerInterval";

    private static final String CATALOGUE = "classpath*:META-INF/org/apache/camel/model/**/*.json";

    private final Map<String, Resource> catalogue = new HashMap<>();
    private final Map<String, JsonNode> models = new HashMap<>();
    private boolean wrongValues;

    /** Lists the catalogue: to ask Camel for a name has it look through every jar a dozen times, and most keys are no step. */
    StepModels() {
        try {
            for (Resource model : new PathMatchingResourcePatternResolver().getResources(CATALOGUE)) {
                String name = StringUtils.stripFilenameExtension(String.valueOf(model.getFilename()));
                catalogue.merge(name, model, StepModels::outer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Steps stand above what is of one part, such as a property of a bean. */
    private static Resource outer(Resource one, Resource other) {
        return String.valueOf(one).length() <= String.valueOf(other).length() ? one : other;
    }

    /**
     * Checks one file.
     *
     * @param readable whether Camel reads the file; what is missing in one that it does not may stand there in other words
     * @return whether a value is none
     */
    boolean check(RouteSource file, boolean readable) {
        wrongValues = false;
        walk(file, file.yaml().content(), readable);
        return wrongValues;
    }

    private void walk(RouteSource file, JsonNode node, boolean readable) {
        node.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                step(file, StringHelper.dashToCamelCase(name), value, readable);
            } else if (value.isArray()) {
                String each = LISTS.getOrDefault(name, name);
                value.forEach(one -> step(file, each, one, readable));
            }
            if (!OPAQUE.contains(name)) {
                walk(file, value, readable);
            }
        });
        if (node.isArray()) {
            node.forEach(one -> walk(file, one, readable));
        }
    }

    private void step(RouteSource file, String name, JsonNode step, boolean readable) {
        if (!step.isObject()) {
            return;
        }
        JsonNode model = models.computeIfAbsent(name, this::model);
        Set<String> keys = new HashSet<>();
        step.properties().forEach(one -> {
            String key = StringHelper.dashToCamelCase(one.getKey());
            keys.add(key);
            value(file, key, one.getValue(), type(model.path(key)));
        });
        if (readable) {
            expression(file, name, step, keys, model);
        }
        if (name.equals("aggregate")
                && keys.stream().noneMatch(key -> key.startsWith("completion") && !key.equals(LOOKS))) {
            file.yaml()
                    .warning(
                            step,
                            "aggregate has no completion, such as completionSize or completionTimeout; only a strategy"
                                    + " that is a predicate, too, could say when a list is whole");
        }
    }

    private static void expression(RouteSource file, String name, JsonNode step, Set<String> keys, JsonNode model) {
        Set<String> any = new LinkedHashSet<>();
        model.properties().stream()
                .filter(property -> property.getValue().path("kind").asText().equals("expression"))
                .filter(property -> property.getValue().path("required").asBoolean())
                .forEach(property -> {
                    any.add(property.getKey());
                    property.getValue().path("oneOf").forEach(language -> any.add(language.asText()));
                });
        if (!any.isEmpty() && !WITHOUT.contains(name) && any.stream().noneMatch(keys::contains)) {
            file.yaml().error(step, name + " has no " + any.iterator().next() + ", such as simple or constant");
        }
    }

    private static String type(JsonNode attribute) {
        return attribute.path("kind").asText().equals("attribute")
                ? attribute.path("type").asText()
                : "";
    }

    /** Camel converts what is written, and takes keys of the configuration anywhere; texts take whatever is written. */
    private void value(RouteSource file, String name, JsonNode value, String due) {
        if (!value.isValueNode() || value.isNull() || value.asText().contains("{{")) {
            return;
        }
        String text = value.asText();
        boolean fits =
                switch (due) {
                    case "boolean" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
                    case "integer" -> WHOLE.matcher(text).matches();
                    case "number" -> NUMBER.matcher(text).matches();
                    default -> true;
                };
        if (!fits) {
            wrongValues = true;
            String wanted =
                    switch (due) {
                        case "boolean" -> "true or false";
                        case "integer" -> "a whole number";
                        default -> "a number";
                    };
            file.yaml().error(value, name + " is \"" + text + "\", and " + wanted + " is due");
        }
    }

    /** The properties that Camel's catalogue knows of a step or language of that name; missing: it is none. */
    private JsonNode model(String step) {
        Resource model = catalogue.get(step);
        if (model == null) {
            return MissingNode.getInstance();
        }
        try (InputStream in = model.getInputStream()) {
            return JSON.readTree(in).path("properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
