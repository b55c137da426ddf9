package camelbell.recipient;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the line of a YAML document where a JSON pointer leads, so that a complaint can say where to look. */
final class YamlLines {

    private YamlLines() {}

    /** The 1-based line of the value, or of the nearest parent that exists. */
    static int line(String yaml, JsonPointer pointer) {
        Node node = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        int line = 1;
        JsonPointer rest = pointer;
        while (node != null) {
            line = node.getStartMark().getLine() + 1;
            if (rest.matches()) {
                return line;
            }
            node = child(node, rest);
            rest = rest.tail();
        }
        return line;
    }

    private static @Nullable Node child(Node node, JsonPointer step) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step.getMatchingProperty())) {
                    return entry.getValueNode();
                }
            }
        } else if (node instanceof SequenceNode sequence
                && step.mayMatchElement()
                && step.getMatchingIndex() < sequence.getValue().size()) {
            return sequence.getValue().get(step.getMatchingIndex());
        }
        return null;
    }
}
