package camelbell.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification on its way to one person through one channel.
 *
 * @param notificationId the row in the notification log, and the stable identity towards providers
 * @param words what it says, as recorded
 * @param attempt 1 for the first try
 * @param leasedUntil until then this node alone may send it; past it the delivery belongs to whoever claims the row
 * @param createdAt when the notification was recorded
 * @param fallback true when the provider took the channel's usual form and refused it later for the form alone, so that
 *     the form is due that it always allows
 */
public record Delivery(
        long notificationId,
        Channel channel,
        Person recipient,
        TicketEvent event,
        Wording words,
        Instant createdAt,
        int attempt,
        Instant leasedUntil,
        boolean fallback) {

    /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
    @Override
    public int hashCode() {
        return 31 * Long.hashCode(notificationId) + attempt;
    }

    /** The headline in the inbox. */
    public String subject() {
        return words.subject();
    }

    /** The sentence in the inbox. */
    public String message() {
        return words.message();
    }

    /** Where the channel reaches the recipient, or null when no address is on file any more. */
    public @Nullable String address() {
        return recipient.addressOn(channel);
    }

    /** In the channel's usual form, by the template of the event's type. */
    public Delivery(
            long notificationId,
            Channel channel,
            Person recipient,
            TicketEvent event,
            String subject,
            String message,
            Instant createdAt,
            int attempt,
            Instant leasedUntil) {
        this(
                notificationId,
                channel,
                recipient,
                event,
                new Wording(subject, message, event.type()),
                createdAt,
                attempt,
                leasedUntil,
                false);
    }
}
