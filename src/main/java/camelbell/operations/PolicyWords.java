package camelbell.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * What the policy table says of a type of event, for sentences and for knowing what to wait for. A command may run where
 * the hub's own table is not; then these are the words of the jar's, and nothing is refused because of them.
 */
final class PolicyWords {

    private final JsonNode table;

    PolicyWords(JsonNode table) {
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

    /** Whom its rules and what counts otherwise mean, as the table names them: admins, group: on-call. */
    List<String> tells(String type) {
        Set<String> tells = new LinkedHashSet<>();
        rules(type).forEach(rule -> rule.path("tell").forEach(audience -> tells.add(word(audience))));
        return List.copyOf(tells);
    }

    /** Whether a rule counts only when its condition holds. */
    boolean isConditional(String type) {
        return rules(type).stream().anyMatch(rule -> rule.has("when"));
    }

    /** Whether everybody whom it means is told over the same channels, whatever the event says. */
    boolean tellsAlike(String type) {
        JsonNode event = table.path("events").path(type);
        return !event.has("rules") && !event.has("otherwise");
    }

    /** The channels of the rule, where everybody is told alike; none where that depends. */
    List<String> over(String type) {
        List<String> over = new ArrayList<>();
        if (tellsAlike(type)) {
            table.path("events").path(type).path("over").forEach(channel -> over.add(channel.asText()));
        }
        return over;
    }

    private List<JsonNode> rules(String type) {
        JsonNode event = table.path("events").path(type);
        List<JsonNode> rules = new ArrayList<>(List.of(event));
        event.path("rules").forEach(rules::add);
        rules.add(event.path("otherwise"));
        return rules;
    }

    private static String word(JsonNode audience) {
        return audience.isObject()
                ? audience.properties().stream()
                        .map(one -> one.getKey() + ": " + one.getValue().asText())
                        .collect(Collectors.joining(", "))
                : audience.asText();
    }

    private Set<String> names(String part) {
        Set<String> names = new TreeSet<>();
        table.path(part).fieldNames().forEachRemaining(names::add);
        return names;
    }
}
