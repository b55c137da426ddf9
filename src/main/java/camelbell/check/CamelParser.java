package camelbell.check;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.deserializers.BeansDeserializer;
import org.apache.camel.dsl.yaml.deserializers.CustomResolver;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializersResolver;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads route files by the very parser that the hub has them read by. Camel's JSON Schema is narrower than it (an expression
 * may be a number, a number may be in quotes), and a check that refused what runs would be worse than none.
 */
final class CamelParser {

    private final CamelContext camel;

    CamelParser(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Where and why Camel would not read an element.
     *
     * @param line the first is 1; 0 where Camel does not say
     */
    record ParseError(int line, int column, String why) {

        /** Whether it is about a value that cannot be converted; which one Camel does not say. */
        boolean isOfAValue() {
            return why.startsWith("For input string");
        }
    }

    /** The first of each element; empty when Camel reads them all. */
    List<ParseError> refusals(RouteSource file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.name()).build();
        List<ParseError> refusals = new ArrayList<>();
        try {
            Optional<Node> root = new Composer(
                            settings,
                            new ParserImpl(
                                    settings,
                                    new StreamReader(
                                            settings,
                                            new StringReader(file.yaml().text()))))
                    .getSingleNode();
            if (root.isPresent() && root.get() instanceof SequenceNode elements) {
                elements.getValue().stream()
                        .filter(element -> !isBeans(element))
                        .forEach(element -> read(file, settings, element, refusals));
            } else if (root.isPresent() && !file.yaml().content().has("apiVersion")) { // those are Camel K's
                refusals.add(new ParseError(1, 1, "a route file is a list: each element begins with a hyphen"));
            }
        } catch (MarkedYamlEngineException e) {
            refusals.add(refusal(e));
        }
        return refusals;
    }

    private void read(RouteSource file, LoadSettings settings, Node element, List<ParseError> refusals) {
        YamlDeserializationContext context = new YamlDeserializationContext(settings);
        context.setCamelContext(camel);
        context.setResource(ResourceHelper.fromString(file.name(), file.yaml().text()));
        context.addResolvers(new CustomResolver(new BeansDeserializer()), new ModelDeserializersResolver());
        try {
            context.mandatoryResolve(element).construct(element);
        } catch (MarkedYamlEngineException e) {
            refusals.add(refusal(e));
        } catch (RuntimeException e) {
            Mark at = element.getStartMark().orElse(null);
            refusals.add(new ParseError(line(at), column(at), String.valueOf(e.getMessage())));
        }
    }

    /** Camel makes beans as it reads them; BeanCalls looks at them instead. */
    private static boolean isBeans(Node element) {
        return element instanceof MappingNode map
                && !map.getValue().isEmpty()
                && map.getValue().get(0).getKeyNode() instanceof ScalarNode key
                && key.getValue().equals("beans");
    }

    private static ParseError refusal(MarkedYamlEngineException e) {
        Mark at = e.getProblemMark().or(e::getContextMark).orElse(null);
        String why = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
        return new ParseError(line(at), column(at), why.lines().findFirst().orElse(""));
    }

    private static int line(@Nullable Mark at) {
        return at == null ? 0 : at.getLine() + 1;
    }

    private static int column(@Nullable Mark at) {
        return at == null ? 0 : at.getColumn() + 1;
    }
}
