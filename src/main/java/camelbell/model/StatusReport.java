package camelbell.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What has become of one event and of its notifications: each change is one record of the notification-status topic.
 *
 * @param key the Kafka key: the event's id, or the key of a record that no id could be read from
 * @param eventId null, like source, type and ticket, where an event that was rejected does not say it
 */
public record StatusReport(
        String key,
        @Nullable String eventId,
        @Nullable String source,
        @Nullable String type,
        @Nullable Long ticket,
        Instant at,
        List<StatusChange> changes) {

    /** On an event that could be read. */
    public static StatusReport on(TicketEvent event, Instant at, List<StatusChange> changes) {
        return new StatusReport(
                event.id(),
                event.id(),
                event.source(),
                event.type(),
                event.ticket().id(),
                at,
                changes);
    }

    /**
     * One change.
     *
     * @param what accepted, duplicate, rejected, no_recipient, sent, delivered, read, failed or skipped
     * @param notification the row of the notification log that has changed; null, like recipient and channel, when the
     *     event itself has
     * @param reason a stable code, never an address
     */
    public record StatusChange(
            String what,
            @Nullable Long notification,
            @Nullable Long recipient,
            @Nullable String channel,
            @Nullable String reason) {

        /** Of the event itself. */
        public static StatusChange ofEvent(String what, @Nullable String reason) {
            return new StatusChange(what, null, null, null, reason);
        }

        /** Of one notification. */
        public static StatusChange of(
                NotificationStatus status, long notification, long recipient, String channel, @Nullable String reason) {
            String code = reason == null ? null : reason.split(";", 2)[0]; // an explanation may follow the code
            return new StatusChange(status.name().toLowerCase(Locale.ROOT), notification, recipient, channel, code);
        }
    }
}
