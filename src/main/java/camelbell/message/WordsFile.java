package camelbell.message;

import camelbell.configuration.CheckedYaml;
import camelbell.model.Channel;
import camelbell.model.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;

/** Reads one words file, or says what is wrong with it and in which line. */
final class WordsFile {

    /** The routes whose messages are made of the words of events; others can do without. */
    private static final Set<String> WRITTEN = Set.of("channel-mail", "channel-whatsapp");

    private final CheckedYaml yaml;

    private WordsFile(CheckedYaml yaml) {
        this.yaml = yaml;
    }

    /** Errors: whatever the schema forbids, a field in braces that does not exist, an event of the policy left out. */
    static Words read(String locale, Resource resource, Policy policy) {
        return new WordsFile(CheckedYaml.read(resource, "words.schema.json")).words(locale, policy);
    }

    private Words words(String locale, Policy policy) {
        JsonNode content = yaml.content();
        Map<String, Words.Event> events = content.get("events").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> event(entry.getValue())));
        policy.rules().forEach((type, rule) -> {
            if (rule.over().stream().anyMatch(channel -> WRITTEN.contains(channel.route()))
                    && !events.containsKey(type)) {
                throw yaml.complaint(
                        content.get("events"), "no words for event " + type + ", which policy.yaml sends out");
            }
        });
        Map<String, Map<String, String>> channels = new LinkedHashMap<>();
        content.path("channels").properties().forEach(channel -> {
            mustTakeWords(channel, policy);
            channels.put(channel.getKey(), patterns(channel.getValue()));
        });
        return new Words(
                locale,
                pattern(content.get("subject")),
                events,
                channels,
                patterns(content.path("labels")),
                patterns(content.path("values")));
    }

    private void mustTakeWords(Map.Entry<String, JsonNode> channel, Policy policy) {
        Channel known = policy.channels().get(channel.getKey());
        if (known == null || known.inbox()) {
            throw yaml.complaint(
                    channel.getValue(), "no channel " + channel.getKey() + " in policy.yaml that sends anything out");
        }
        channel.getValue().properties().forEach(entry -> {
            if (!policy.rules().containsKey(entry.getKey())) {
                throw yaml.complaint(entry.getValue(), "no event " + entry.getKey() + " in policy.yaml");
            }
        });
    }

    private Words.Event event(JsonNode event) {
        String subject = event.has("subject") ? pattern(event.get("subject")) : null;
        return new Words.Event(subject, pattern(event.get("headline")), pattern(event.get("sentence")));
    }

    private Map<String, String> patterns(JsonNode texts) {
        Map<String, String> patterns = new LinkedHashMap<>();
        texts.properties().forEach(entry -> patterns.put(entry.getKey(), pattern(entry.getValue())));
        return Map.copyOf(patterns);
    }

    private String pattern(JsonNode text) {
        PlaceholderValues.unknownName(text.asText()).ifPresent(unknown -> {
            throw yaml.complaint(text, "no field {" + unknown + "}; fields are " + PlaceholderValues.NAMES);
        });
        return text.asText();
    }
}
