package camelbell.model;

import org.jspecify.annotations.Nullable;

/**
 * What one message says over a channel that shows plain text, in its reader's language where there are words for it.
 *
 * @param subject what it is about, in a line
 * @param text what has happened
 * @param link to the ticket
 * @param unsubscribe the link by which its reader opts out of this channel; null when the hub has no public address
 */
public record PlainMessage(String subject, String text, String link, @Nullable String unsubscribe) {

    /** Neither titles nor links with which somebody may be opted out get into a log by way of the record. */
    @Override
    public String toString() {
        return "PlainMessage[link=" + link + "]";
    }
}
