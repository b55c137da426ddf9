package camelbell.message;

import camelbell.model.Delivery;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of one locale, as they stand in {@code templates/words/<locale>.yaml}; see en.yaml for what each is. */
record Words(
        String locale,
        String subject,
        Map<String, EventText> events,
        Map<String, Map<String, String>> channels,
        Map<String, String> labels,
        Map<String, String> values) {

    /** Longest text of the policy table's in code points; its values are not cut before. */
    private static final int LONGEST_PLAIN = 1000;

    /** The words for one type of event, or one template of a rule; its own subject line only where it differs from the common one. */
    record EventText(@Nullable String subject, String headline, String sentence) {}

    /** The words for what is to be said, filled in: the template's, or else what the policy table says. */
    EventText saying(Delivery delivery, PlaceholderValues fields) {
        EventText words = events.get(delivery.words().template());
        return words == null
                ? new EventText(
                        null,
                        PlainText.line(delivery.subject(), LONGEST_PLAIN),
                        PlainText.line(delivery.message(), LONGEST_PLAIN))
                : new EventText(words.subject(), fields.fill(words.headline()), fields.fill(words.sentence()));
    }

    /** What a channel says of its own by this template, or null where it has no words. */
    @Nullable
    String over(String channel, String template) {
        return channels.getOrDefault(channel, Map.of()).get(template);
    }

    /** The labels with the reader's and the ticket's values in them. */
    Map<String, String> filled(PlaceholderValues fields) {
        Map<String, String> filled = new HashMap<>();
        labels.forEach((name, pattern) -> filled.put(name, fields.fill(pattern)));
        return filled;
    }
}
