package camelbell.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Language;

/** What is written in Camel's Simple language can be parsed. */
final class Expressions {

    /** Where the answer is yes or no; elsewhere an operator would be text. */
    private static final Set<String> PREDICATES = Set.of("when", "filter", "validate", "onWhen", "loopDoWhile");

    /** Simple looks for the bean as it parses, and here is none; BeanCalls knows them. */
    private static final Pattern BEAN = Pattern.compile("\\$\\{bean:[^{}]*}");

    /** Languages that come with jars of their own. */
    private static final Set<String> ELSEWHERE = Set.of(
            "csimple",
            "datasonnet",
            "groovy",
            "hl7terser",
            "joor",
            "jq",
            "js",
            "jsonpath",
            "mvel",
            "ognl",
            "python",
            "spel",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");

    private final CamelContext camel;
    private final Language simple;

    Expressions(CamelContext camel) {
        this.camel = camel;
        simple = camel.resolveLanguage("simple");
    }

    void check(RouteSource file) {
        walk(file, file.yaml().content(), false);
    }

    private void walk(RouteSource file, JsonNode node, boolean predicate) {
        node.properties().forEach(field -> {
            boolean asked = predicate || PREDICATES.contains(field.getKey());
            expression(file, field.getKey(), field.getValue(), asked);
            walk(file, field.getValue(), asked && !field.getKey().equals("steps"));
        });
        if (node.isArray()) {
            node.forEach(item -> walk(file, item, predicate));
        }
    }

    private void expression(RouteSource file, String name, JsonNode value, boolean predicate) {
        switch (name) {
            case "simple" -> parse(file, value.isTextual() ? value : value.path("expression"), predicate);
            case "log" -> {
                if (!value.has("logLanguage")) {
                    parse(file, value.isTextual() ? value : value.path("message"), false);
                }
            }
            case "toD" -> parse(file, value.isTextual() ? value : value.path("uri"), false);
            case "method" -> parse(file, value, false); // its arguments may be of it
            default -> {
                if (ELSEWHERE.contains(name)) {
                    language(file, name, value);
                }
            }
        }
    }

    /** One whose jar the hub does not have. */
    private void language(RouteSource file, String name, JsonNode where) {
        try {
            camel.resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            file.yaml().error(where, "the hub has no language " + name);
        }
    }

    private void parse(RouteSource file, JsonNode text, boolean predicate) {
        if (!text.isTextual()) {
            return;
        }
        String written = text.asText();
        String why = complaint(Placeholders.filled(written, "1"), predicate);
        // a key of the configuration may hold a number, a whole operand, or a whole condition
        if (!why.isEmpty()
                && !complaint(Placeholders.filled(written, "${body}"), predicate)
                        .isEmpty()
                && !complaint(Placeholders.filled(written, "${body} == 1"), predicate)
                        .isEmpty()) {
            file.yaml().error(text, "not Simple: " + why);
        }
    }

    /** Why it cannot be parsed; empty: it can. */
    private String complaint(String written, boolean predicate) {
        String expression = BEAN.matcher(written).replaceAll("\\${body}");
        try {
            if (predicate) {
                simple.createPredicate(expression);
            } else {
                simple.createExpression(expression);
            }
            return "";
        } catch (RuntimeCamelException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return why.isBlank() ? "it cannot be parsed" : why.strip().replaceFirst("[.:]$", "");
        }
    }
}
