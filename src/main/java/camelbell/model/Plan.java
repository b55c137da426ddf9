package camelbell.model;

import camelbell.model.Policy.Audience;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told of one event, over which channels, in which words.
 *
 * @param subject the headline in the inbox
 * @param message the sentence in the inbox and on the WebSocket
 * @param over the channels of the rule that matched
 * @param candidates whom the rule meant, in its order: what an operator is told who asks why
 */
public record Plan(
        TicketEvent event,
        String subject,
        String message,
        List<Channel> over,
        List<Candidates> candidates,
        List<Notice> notices) {

    /**
     * The people of one audience, by id. A person may stand in several audiences, and is told once.
     *
     * @param told those who are told
     * @param inactive those who are left out because the directory says that they are not active
     * @param unknown those who are left out because the directory does not have them
     */
    public record Candidates(Audience audience, List<Long> told, List<Long> inactive, List<Long> unknown) {}

    /**
     * One notification to be recorded: one person, one channel.
     *
     * @param skipped why it will not be sent, or null when it will
     */
    public record Notice(Person recipient, Channel channel, @Nullable String skipped) {}
}
