package camelbell.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told of one event, over which channels, in which words.
 *
 * @param subject the headline in the inbox
 * @param message the sentence in the inbox and on the WebSocket
 */
public record Plan(TicketEvent event, String subject, String message, List<Notice> notices) {

    /**
     * One notification to be recorded: one person, one channel.
     *
     * @param skipped why it will not be sent, or null when it will
     */
    public record Notice(Person recipient, Channel channel, @Nullable String skipped) {}
}
