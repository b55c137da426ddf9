package camelbell.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notification as clients see it, keys in this order. Source: contract §3. */
record NotificationView(
        long id,
        long ticket,
        String ticketTitle,
        long recipient,
        String recipientName,
        String notificationType,
        String notificationTypeDisplay,
        String subject,
        String message,
        String status,
        String statusDisplay,
        @Nullable Instant sentAt,
        Instant createdAt,
        boolean isRead,
        @Nullable Instant readAt,
        String eventId,
        String eventType) {}
