package camelbell.message;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Findings;
import camelbell.configuration.Meant;
import camelbell.model.Channel;
import camelbell.model.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Reads one words file, or says what is wrong with it and in which line. */
final class WordsFile {

    /** The routes whose messages are made of the words of events; others can do without. */
    private static final Set<String> WRITTEN = Set.of("channel-mail", "channel-whatsapp");

    private final CheckedYaml yaml;
    private final Set<String> names;
    private final Words words;

    private WordsFile(String locale, CheckedYaml yaml, Policy policy) {
        this.yaml = yaml;
        this.names = PlaceholderValues.names(policy);
        this.words = read(locale, policy);
    }

    /** Errors: whatever the schema forbids, which gives null, and a field in braces that does not exist. */
    static @Nullable WordsFile read(String locale, Resource resource, Policy policy, Findings findings) {
        CheckedYaml yaml = CheckedYaml.read(resource, "words.schema.json", findings);
        return yaml == null ? null : new WordsFile(locale, yaml, policy);
    }

    Words words() {
        return words;
    }

    /**
     * Errors: an event of the policy that another file has words for and this one has not, a template that no file has, or no
     * words at all. An event that no file has words for is told in the policy table's own.
     *
     * @param known what any of the files has words for
     */
    void mustCover(Policy policy, Set<String> known) {
        policy.events().forEach((type, event) -> event.all()
                .filter(rule -> rule.over().stream().anyMatch(channel -> WRITTEN.contains(channel.route())))
                .map(Policy.Rule::words)
                .filter(said -> !said.template().isEmpty())
                .filter(said -> !words.events().containsKey(said.template()))
                .filter(said -> known.contains(said.template())
                        || !said.template().equals(type)
                        || said.message().isBlank())
                .forEach(said -> yaml.error(
                        yaml.content().get("events"),
                        said.template().equals(type)
                                ? "no words for event " + type + ", which policy.yaml sends out"
                                : "no words for " + said.template() + ", the template that policy.yaml sends out for "
                                        + type
                                        + Meant.by(
                                                said.template(), words.events().keySet()))));
    }

    private Words read(String locale, Policy policy) {
        JsonNode content = yaml.content();
        Map<String, Words.EventText> events = content.get("events").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> event(entry.getValue())));
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
            yaml.error(
                    channel.getValue(),
                    "no channel " + channel.getKey() + " in policy.yaml that sends anything out"
                            + Meant.by(channel.getKey(), policy.channels().keySet()));
        }
        channel.getValue().properties().forEach(entry -> {
            if (!policy.events().containsKey(entry.getKey()) && !isTemplate(entry.getKey(), policy)) {
                yaml.error(
                        entry.getValue(),
                        "no event " + entry.getKey() + " in policy.yaml"
                                + Meant.by(entry.getKey(), policy.events().keySet()));
            }
        });
    }

    private static boolean isTemplate(String name, Policy policy) {
        return policy.events().values().stream()
                .flatMap(Policy.Event::all)
                .anyMatch(rule -> rule.words().template().equals(name));
    }

    private Words.EventText event(JsonNode event) {
        String subject = event.has("subject") ? pattern(event.get("subject")) : null;
        return new Words.EventText(subject, pattern(event.get("headline")), pattern(event.get("sentence")));
    }

    private Map<String, String> patterns(JsonNode texts) {
        Map<String, String> patterns = new LinkedHashMap<>();
        texts.properties().forEach(entry -> patterns.put(entry.getKey(), pattern(entry.getValue())));
        return Map.copyOf(patterns);
    }

    private String pattern(JsonNode text) {
        PlaceholderValues.unknownName(text.asText(), names).ifPresent(unknown -> {
            yaml.error(text, "no field {" + unknown + "}" + Meant.by(unknown, names) + "; fields are " + names);
        });
        return text.asText();
    }
}
