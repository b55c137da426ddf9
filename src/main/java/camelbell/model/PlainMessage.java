package camelbell.model;

/**
 * What one message says over a channel that shows plain text, in its reader's language where there are words for it.
 *
 * @param subject what it is about, in a line
 * @param text what has happened
 * @param link to the ticket
 */
public record PlainMessage(String subject, String text, String link) {

    /** Titles must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "PlainMessage[link=" + link + "]";
    }
}
