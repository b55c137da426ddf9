package camelbell.model;

import java.time.Instant;

/**
 * One notification on its way to one person through one channel.
 *
 * @param notificationId the row in the notification log, and the stable identity towards providers
 * @param attempt 1 for the first try
 * @param leasedUntil until then this node alone may send it; past it the delivery belongs to whoever claims the row
 * @param createdAt when the notification was recorded
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
        Instant leasedUntil) {}
