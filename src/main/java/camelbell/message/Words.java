package camelbell.message;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of one locale, as they stand in {@code templates/words/<locale>.yaml}; see en.yaml for what each is. */
record Words(
        String locale,
        String subject,
        Map<String, Event> events,
        Map<String, Map<String, String>> channels,
        Map<String, String> labels,
        Map<String, String> values) {

    /** The words for one type of event; its own subject line only where it differs from the common one. */
    record Event(@Nullable String subject, String headline, String sentence) {}

    /** Errors: start-up has checked the policy's types, so this one is of an event recorded under an older policy. */
    Event event(String type) {
        Event event = events.get(type);
        if (event == null) {
            throw new IllegalArgumentException(
                    "no words for event type " + type + " in templates/words/" + locale + ".yaml");
        }
        return event;
    }

    /** What a channel says of its own about this type of event, or null where it has no words. */
    @Nullable
    String over(String channel, String type) {
        return channels.getOrDefault(channel, Map.of()).get(type);
    }

    /** The labels with the reader's and the ticket's values in them. */
    Map<String, String> filled(PlaceholderValues fields) {
        Map<String, String> filled = new HashMap<>();
        labels.forEach((name, pattern) -> filled.put(name, fields.fill(pattern)));
        return filled;
    }
}
