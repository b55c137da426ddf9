package camelbell.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Language;

/** What is written in Camel's Simple language can be parsed. */
final class Expressions {

    /** Where the answer is yes or no; elsewhere an operator would be text. */
    private static final Set<String> PREDICATES = Set.of("when", "filter", "validate", "onWhen", "loopDoWhile");

    /** Simple looks for the bean as it parses, and here is none; BeanCalls knows them. */
    private static final Pattern BEAN = Pattern.compile("\\$\\{bean:[^{}]*}");

    private final Language simple;

    Expressions(CamelContext camel) {
        simple = camel.resolveLanguage("simple");
    }

    void check(RouteSource file) {
        walk(file, file.yaml().content(), false);
    }

    private void walk(RouteSource file, JsonNode node, boolean predicate) {
        node.properties().forEach(field -> {
            boolean asked = predicate || PREDICATES.contains(field.getKey());
            if (field.getKey().equals("simple")) {
                JsonNode text = field.getValue().isTextual()
                        ? field.getValue()
                        : field.getValue().path("expression");
                if (text.isTextual()) {
                    parse(file, text, asked);
                }
            } else {
                walk(file, field.getValue(), asked && !field.getKey().equals("steps"));
            }
        });
        if (node.isArray()) {
            node.forEach(item -> walk(file, item, predicate));
        }
    }

    private void parse(RouteSource file, JsonNode text, boolean predicate) {
        String expression = BEAN.matcher(Placeholders.filled(text.asText())).replaceAll("\\${body}");
        try {
            if (predicate) {
                simple.createPredicate(expression);
            } else {
                simple.createExpression(expression);
            }
        } catch (RuntimeCamelException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            file.yaml().error(text, "not Simple: " + why.strip().replaceFirst("[.:]$", ""));
        }
    }
}
