package camelbell.api;

import camelbell.model.Channel;
import camelbell.model.Current;
import camelbell.model.NotificationStatus;
import camelbell.model.Policy;
import camelbell.store.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads notifications: first the page's ids, where nothing but their index is needed to pass over the pages before it, then
 * the rows and what stands beside them, in one query.
 */
@Component("notificationQueries")
class NotificationQueries {

    private static final String NEWEST_FIRST = " ORDER BY n.created_at DESC, n.id DESC";
    private static final String OLDEST_FIRST = " ORDER BY n.created_at, n.id";
    private static final String VIEW =
            """
            SELECT n.id, e.ticket_id, e.ticket_title, n.recipient,
                   coalesce(nullif(btrim(p.name), ''), p.username, '') AS recipient_name, n.channel,
                   coalesce(e.words -> (n.words - 1) ->> 'subject', e.subject) AS subject,
                   coalesce(e.words -> (n.words - 1) ->> 'message', e.message) AS message,
                   n.status, n.sent_at, n.created_at, n.read_at, e.event_id, e.type
            FROM (SELECT n.id FROM notification_log n WHERE %s) page JOIN notification_log n ON n.id = page.id
            JOIN ticket_event e ON e.id = n.event LEFT JOIN person p ON p.id = n.recipient
            """;

    private final JdbcClient jdbc;
    private final Current<Policy> policy;

    NotificationQueries(@Qualifier("apiJdbc") JdbcClient jdbc, Current<Policy> policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    /** Newest first. */
    List<NotificationView> page(Condition condition, long skip, int size) {
        return views(condition, NEWEST_FIRST, skip, size);
    }

    /** Those next to the condition's newer end, oldest first. */
    List<NotificationView> oldestFirst(Condition condition, long skip, int size) {
        return views(condition, OLDEST_FIRST, skip, size);
    }

    @Nullable
    NotificationView one(Condition condition) {
        return views(condition, "", 0, 1).stream().findFirst().orElse(null);
    }

    private List<NotificationView> views(Condition condition, String order, long skip, int size) {
        Map<String, Channel> channels = policy.now().channels();
        List<Object> values = new ArrayList<>(condition.values());
        values.add(size);
        values.add(skip);
        return jdbc.sql(VIEW.formatted(condition.sql() + order + " LIMIT ? OFFSET ?") + order)
                .params(values)
                .query((row, number) -> view(row, channels))
                .list();
    }

    private static NotificationView view(ResultSet row, Map<String, Channel> channels) throws SQLException {
        String code = row.getString("channel");
        Channel channel = channels.get(code);
        String status = row.getString("status");
        Instant readAt = time(row, "read_at");
        return new NotificationView(
                row.getLong("id"),
                row.getLong("ticket_id"),
                row.getString("ticket_title"),
                row.getLong("recipient"),
                row.getString("recipient_name"),
                code,
                channel == null ? code : channel.display(),
                row.getString("subject"),
                row.getString("message"),
                status,
                NotificationStatus.valueOf(status).display(),
                time(row, "sent_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                readAt != null,
                readAt,
                row.getString("event_id"),
                row.getString("type"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
