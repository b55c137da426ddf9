package camelbell.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * What the policy table says of a type of event, for sentences and for knowing what to wait for. A command may run where
 * the hub's own table is not; then these are the words of the jar's, and nothing is refused because of them.
 */
final class PolicyWords {

    private final JsonNode table;

    private PolicyWords(JsonNode table) {
        this.table = table;
    }

    /** Of camelbell.routes; empty when it has none that can be read. */
    static PolicyWords of(Settings settings) {
        String file = settings.text("camelbell.routes").replaceFirst("/$", "") + "/policy.yaml";
        try (InputStream in = new DefaultResourceLoader().getResource(file).getInputStream()) {
            return new PolicyWords(new YAMLMapper().readTree(in));
        } catch (IOException | IllegalArgumentException unreadable) {
            return new PolicyWords(MissingNode.getInstance());
        }
    }

    Set<String> types() {
        return names("events");
    }

    Set<String> channels() {
        return names("channels");
    }

    /** Whom the rule means: admins, creator, assignees. */
    List<String> tells(String type) {
        return list(type, "tell");
    }

    /** The channels of the rule. */
    List<String> over(String type) {
        return list(type, "over");
    }

    private Set<String> names(String part) {
        Set<String> names = new TreeSet<>();
        table.path(part).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<String> list(String type, String field) {
        List<String> words = new ArrayList<>();
        table.path("events").path(type).path(field).forEach(word -> words.add(word.asText()));
        return words;
    }
}
