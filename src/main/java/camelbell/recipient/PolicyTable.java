package camelbell.recipient;

import camelbell.configuration.CheckedYaml;
import camelbell.model.Channel;
import camelbell.model.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A schema-valid policy document as {@link Policy}, with the checks that a JSON Schema cannot make. */
final class PolicyTable {

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Policy.Rule> rules = new LinkedHashMap<>();
    private final CheckedYaml yaml;
    private final Set<String> routes;

    private PolicyTable(CheckedYaml yaml, Set<String> routes) {
        this.yaml = yaml;
        this.routes = routes;
    }

    static Policy of(CheckedYaml yaml, Set<String> routes) {
        PolicyTable table = new PolicyTable(yaml, routes);
        JsonNode document = yaml.content();
        document.get("channels").properties().forEach(entry -> table.channel(entry.getKey(), entry.getValue()));
        document.get("events").properties().forEach(entry -> table.rule(entry.getKey(), entry.getValue()));
        return new Policy(Collections.unmodifiableMap(table.channels), Collections.unmodifiableMap(table.rules));
    }

    private void channel(String code, JsonNode node) {
        boolean inbox = node.path("inbox").asBoolean(false);
        if (inbox && channels.values().stream().anyMatch(Channel::inbox)) {
            throw yaml.complaint(node, "there is one inbox channel at most");
        }
        String route = node.get("route").asText();
        if (!routes.contains(route)) {
            throw yaml.complaint(
                    node.get("route"),
                    "no route " + route + " in the route files beside this one; they have " + routes);
        }
        String address = node.hasNonNull("address") ? node.get("address").asText() : null;
        channels.put(code, new Channel(code, node.get("display").asText(), route, address, inbox));
    }

    private void rule(String type, JsonNode node) {
        List<Policy.Audience> tell = new ArrayList<>();
        node.get("tell")
                .forEach(name -> tell.add(Policy.Audience.valueOf(name.asText().toUpperCase(Locale.ROOT))));
        List<Channel> over = new ArrayList<>();
        for (JsonNode code : node.get("over")) {
            Channel channel = channels.get(code.asText());
            if (channel == null) {
                throw yaml.complaint(code, "no channel " + code.asText() + "; channels are " + channels.keySet());
            }
            over.add(channel);
        }
        String subject = pattern(node, "subject");
        rules.put(type, new Policy.Rule(List.copyOf(tell), List.copyOf(over), subject, pattern(node, "message")));
    }

    private String pattern(JsonNode node, String field) {
        String pattern = node.get(field).asText();
        TicketPattern.unknownField(pattern).ifPresent(unknown -> {
            throw yaml.complaint(
                    node.get(field), "no field {" + unknown + "}; fields are " + TicketPattern.FIELDS.keySet());
        });
        return pattern;
    }
}
