package camelbell.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification on its way to one person through one channel.
 *
 * @param notificationId the row in the notification log, and the stable identity towards providers
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
        String subject,
        String message,
        Instant createdAt,
        int attempt,
        Instant leasedUntil,
        boolean fallback) {

    /** Where the channel reaches the recipient, or null when no address is on file any more. */
    public @Nullable String address() {
        return recipient.addressOn(channel);
    }

    /** In the channel's usual form. */
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
        this(notificationId, channel, recipient, event, subject, message, createdAt, attempt, leasedUntil, false);
    }
}
