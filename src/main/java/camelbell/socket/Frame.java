package camelbell.socket;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the hub says to a client. Source: contract §4; keys of the guide first, added ones behind them. */
sealed interface Frame {

    @JsonPropertyOrder({"type", "message", "user_id", "unread_count", "unread_by_type", "seq"})
    record Greeting(
            String type, String message, long userId, long unreadCount, Map<String, Long> unreadByType, long seq)
            implements Frame {

        Greeting(String username, long userId, Inbox inbox) {
            this(
                    "connection_established",
                    "Connected successfully as " + username,
                    userId,
                    inbox.unreadCount(),
                    inbox.unread(),
                    inbox.lastSeq());
        }
    }

    /**
     * A notification is one object of this and {@link Own} behind it. It has no {@code type}, and must never get one: clients
     * tell it from the others by {@code notification_type}.
     */
    @JsonPropertyOrder({"notification_type", "message", "ticket"})
    record Common(String notificationType, String message, TicketView ticket) implements Frame {}

    /** What is each person's own of a notification. */
    @JsonPropertyOrder({"timestamp", "id", "event_id", "seq", "unread_count", "unread_by_type"})
    record Own(String timestamp, long id, String eventId, long seq, long unreadCount, Map<String, Long> unreadByType)
            implements Frame {}

    @JsonPropertyOrder({
        "id",
        "title",
        "priority",
        "priority_display",
        "category",
        "status",
        "created_by",
        "project_name",
        "created_at"
    })
    record TicketView(
            long id,
            String title,
            String priority,
            String priorityDisplay,
            String category,
            String status,
            String createdBy,
            String projectName,
            String createdAt) {}

    record Unread(String type, long count, @JsonProperty("by_type") Map<String, Long> byType) implements Frame {

        Unread(Inbox inbox) {
            this("unread_count", inbox.unreadCount(), inbox.unread());
        }
    }

    record Pong(String type, JsonNode timestamp) implements Frame {

        Pong(JsonNode timestamp) {
            this("pong", timestamp);
        }
    }

    record Resync(String type) implements Frame {

        Resync() {
            this("resync");
        }
    }

    record Fault(String type, String code, String message) implements Frame {

        Fault(String code, String message) {
            this("error", code, message);
        }
    }
}
