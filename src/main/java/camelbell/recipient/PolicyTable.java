package camelbell.recipient;

import camelbell.model.Channel;
import camelbell.model.Policy;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** A schema-valid policy document as {@link Policy}, with the checks that a JSON Schema cannot make. */
final class PolicyTable {

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Policy.Rule> rules = new LinkedHashMap<>();
    private final Map<String, List<Duration>> retries = new LinkedHashMap<>();
    private final BiFunction<JsonPointer, String, RuntimeException> complain;

    private PolicyTable(BiFunction<JsonPointer, String, RuntimeException> complain) {
        this.complain = complain;
    }

    static Policy of(JsonNode document, BiFunction<JsonPointer, String, RuntimeException> complain) {
        PolicyTable table = new PolicyTable(complain);
        document.get("channels").properties().forEach(entry -> table.channel(entry.getKey(), entry.getValue()));
        document.get("events").properties().forEach(entry -> table.rule(entry.getKey(), entry.getValue()));
        return new Policy(
                Collections.unmodifiableMap(table.channels),
                Collections.unmodifiableMap(table.rules),
                Collections.unmodifiableMap(table.retries));
    }

    private void channel(String code, JsonNode node) {
        JsonPointer at = JsonPointer.compile("/channels/" + code);
        boolean inbox = node.path("inbox").asBoolean(false);
        if (inbox && channels.values().stream().anyMatch(Channel::inbox)) {
            throw complain.apply(at, "there is one inbox channel at most");
        }
        String address = node.hasNonNull("address") ? node.get("address").asText() : null;
        channels.put(
                code,
                new Channel(
                        code, node.get("display").asText(), node.get("route").asText(), address, inbox));
        List<Duration> waits = new ArrayList<>();
        node.path("retry")
                .forEach(wait -> waits.add(Duration.parse("PT" + wait.asText().toUpperCase(Locale.ROOT))));
        retries.put(code, List.copyOf(waits));
    }

    private void rule(String type, JsonNode node) {
        JsonPointer at = JsonPointer.compile("/events/" + type);
        List<Policy.Audience> tell = new ArrayList<>();
        node.get("tell")
                .forEach(name -> tell.add(Policy.Audience.valueOf(name.asText().toUpperCase(Locale.ROOT))));
        List<Channel> over = new ArrayList<>();
        for (JsonNode code : node.get("over")) {
            Channel channel = channels.get(code.asText());
            if (channel == null) {
                throw complain.apply(
                        at.append(JsonPointer.compile("/over")),
                        "no channel " + code.asText() + "; channels are " + channels.keySet());
            }
            over.add(channel);
        }
        String subject = pattern(at, node, "subject");
        rules.put(type, new Policy.Rule(List.copyOf(tell), List.copyOf(over), subject, pattern(at, node, "message")));
    }

    private String pattern(JsonPointer at, JsonNode node, String field) {
        String pattern = node.get(field).asText();
        Words.unknownField(pattern).ifPresent(unknown -> {
            throw complain.apply(
                    at.append(JsonPointer.compile("/" + field)),
                    "no field {" + unknown + "}; fields are " + Words.FIELDS.keySet());
        });
        return pattern;
    }
}
