package camelbell.recipient;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Meant;
import camelbell.model.Channel;
import camelbell.model.Operators;
import camelbell.model.Policy;
import camelbell.model.Policy.FurtherFields;
import camelbell.model.PolicyCondition.Subject;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A schema-valid policy document as {@link Policy}, with the checks that a JSON Schema cannot make. */
final class PolicyTable {

    /** What the hub has of tickets under names of words that events do not have, and of people where words name them. */
    private static final Set<String> NAMES_OF_WORDS = Set.of("name");

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final CheckedYaml yaml;
    private final Set<String> routes;

    private PolicyTable(CheckedYaml yaml, Set<String> routes) {
        this.yaml = yaml;
        this.routes = routes;
    }

    static Policy of(CheckedYaml yaml, Set<String> routes, Operators operators) {
        PolicyTable table = new PolicyTable(yaml, routes);
        JsonNode document = yaml.content();
        document.get("channels").properties().forEach(entry -> table.channel(entry.getKey(), entry.getValue()));
        JsonNode fields = document.path("fields");
        FurtherFields further = new FurtherFields(
                table.further(fields.path("ticket"), Subject.TICKET),
                table.further(fields.path("person"), Subject.PERSON));
        Map<String, Policy.Event> events = new LinkedHashMap<>();
        document.get("events")
                .properties()
                .forEach(entry -> events.put(
                        entry.getKey(),
                        new EventRules(yaml, table.channels, further, operators, entry.getKey(), entry.getValue())
                                .read()));
        return new Policy(Collections.unmodifiableMap(table.channels), Collections.unmodifiableMap(events), further);
    }

    private void channel(String code, JsonNode node) {
        boolean inbox = node.path("inbox").asBoolean(false);
        if (inbox && channels.values().stream().anyMatch(Channel::inbox)) {
            yaml.error(node, "there is one inbox channel at most");
        }
        String route = node.get("route").asText();
        if (!routes.contains(route)) {
            yaml.error(
                    node.get("route"),
                    "no route " + route + " in the route files beside this one" + Meant.by(route, routes)
                            + "; they have " + routes);
        }
        String address = node.hasNonNull("address") ? node.get("address").asText() : null;
        channels.put(code, new Channel(code, node.get("display").asText(), route, address, inbox));
    }

    private List<String> further(JsonNode nodes, Subject subject) {
        List<String> names = new ArrayList<>();
        for (JsonNode node : nodes) {
            String name = node.asText();
            boolean ofWords = subject == Subject.TICKET
                    && (TicketPattern.FIELDS.containsKey(name) || NAMES_OF_WORDS.contains(name));
            if (ofWords || ConditionFields.isOwn(subject, name)) {
                yaml.error(
                        node,
                        "the hub has " + name + " of every " + subject.word() + "; only further fields stand here");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }
}
