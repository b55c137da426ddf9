package camelbell.model;

import java.util.List;
import java.util.Map;

/**
 * The policy table: who is told what, over which channels, in which words. It is data (routes/policy.yaml), so event
 * types and channels are values here, not enum constants.
 *
 * @param channels by code, in the table's order
 * @param rules by event type
 */
public record Policy(Map<String, Channel> channels, Map<String, Rule> rules) {

    /** The people a rule may name. */
    public enum Audience {
        /** Every active person with the role ADMIN. */
        ADMINS,
        /** Who created the ticket. */
        CREATOR,
        /** Whom the event names as assignees. */
        ASSIGNEES
    }

    /** What follows one type of event; subject and message are patterns with the ticket's fields in braces. */
    public record Rule(List<Audience> tell, List<Channel> over, String subject, String message) {}

    /** The channel with this code. */
    public Channel channel(String code) {
        Channel channel = channels.get(code);
        if (channel == null) {
            throw new IllegalArgumentException("policy.yaml has no channel " + code + ", but a notification names it");
        }
        return channel;
    }
}
