package camelbell.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one channel would send to one person, in the person's language; what the channel does not have is null.
 *
 * @param subject an e-mail's subject line, a plain message's first line, the headline in the inbox
 * @param text the plain part; of a WhatsApp template its approved body, where the registry says it, with its values filled in
 * @param html an e-mail's other part, escaped and ready
 * @param link to the ticket, where it does not stand in the text
 * @param payload what a provider is given, as it is sent: of WhatsApp {@code type} and the object of that type
 * @param note what else to know of it, in a sentence
 */
public record WrittenMessage(
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable String link,
        @Nullable Map<String, Object> payload,
        @Nullable String note) {

    /** About how many characters it takes. */
    public long size() {
        return length(subject) + length(text) + length(html) + (payload == null ? 0 : length(payload.toString()));
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Titles must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "WrittenMessage[size=" + size() + "]";
    }
}
