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
 * Reads notifications: a page's rows and what stands beside them, in one query whose cost is that of the rows on it and of
 * those that it passes over, and grows neither with the table nor with what the person has.
 */
@Component("notificationQueries")
class NotificationQueries {

    static final String NEWEST_FIRST = " ORDER BY n.created_at DESC, n.id DESC";
    static final String OLDEST_FIRST = " ORDER BY n.created_at, n.id";
    private static final String COLUMNS =
            "n.id, n.event, n.channel, n.status, n.sent_at, n.created_at, n.read_at, n.words";
    private static final String VIEW =
            """
            SELECT n.id, e.ticket_id, e.ticket_title,
                   coalesce((SELECT coalesce(nullif(btrim(name), ''), username) FROM person WHERE id = ?), '') AS recipient_name,
                   n.channel,
                   coalesce(e.words -> (n.words - 1) ->> 'subject', e.subject) AS subject,
                   coalesce(e.words -> (n.words - 1) ->> 'message', e.message) AS message,
                   n.status, n.sent_at, n.created_at, n.read_at, e.event_id, e.type
            FROM (%s) n JOIN ticket_event e ON e.id = n.event
            """;

    private final JdbcClient jdbc;
    private final Current<Policy> policy;

    NotificationQueries(@Qualifier("apiStatements") JdbcClient jdbc, Current<Policy> policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    /**
     * Newest first.
     *
     * @param parts what is meant, none of it by two of them; each in the order of an index, so that no more is read than is
     *     passed over and shown
     */
    List<NotificationView> page(long person, List<Condition> parts, long skip, int size) {
        return views(person, page(person, parts, NEWEST_FIRST, skip, size));
    }

    /** Those next to the older end, oldest first. */
    List<NotificationView> oldestFirst(long person, List<Condition> parts, long skip, int size) {
        return views(person, page(person, parts, OLDEST_FIRST, skip, size));
    }

    /** By its id, if it is the person's and among what is meant. */
    @Nullable
    NotificationView one(long person, long id, Condition meant) {
        Condition one = meant.and("n.recipient = ? AND n.id = ?", person, id);
        String row = "SELECT " + COLUMNS + " FROM notification_log n WHERE " + one.sql();
        return views(person, view(person, new Condition(row, one.values()), "")).stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * The statement of a page. How many rows it has stands in its text, not among its values: PostgreSQL keeps plans for
     * statements, not for values, and would prepare for a tenth of the table.
     */
    static Condition page(long person, List<Condition> parts, String order, long skip, int size) {
        if (skip == 0) {
            Condition limit = new Condition(" LIMIT " + size, List.of());
            Condition union = Condition.union(COLUMNS, parts, order, limit);
            String rows =
                    parts.size() == 1 ? union.sql() : "SELECT * FROM (" + union.sql() + ") n" + order + limit.sql();
            return view(person, new Condition(rows, union.values()), order);
        }
        // of ids at first, where nothing but the indexes is needed to pass over rows
        Condition union =
                Condition.union("n.id, n.created_at", parts, order, new Condition(" LIMIT ?", List.of(skip + size)));
        String ids = "SELECT n.id FROM (" + union.sql() + ") n" + order + " LIMIT " + size + " OFFSET ?";
        List<Object> values = new ArrayList<>(union.values());
        values.add(skip);
        String rows = "SELECT " + COLUMNS + " FROM (" + ids + ") page JOIN notification_log n ON n.id = page.id";
        return view(person, new Condition(rows, values), order);
    }

    private static Condition view(long person, Condition rows, String order) {
        List<Object> values = new ArrayList<>(List.of(person));
        values.addAll(rows.values());
        return new Condition(VIEW.formatted(rows.sql()) + order, values);
    }

    private List<NotificationView> views(long person, Condition statement) {
        Map<String, Channel> channels = policy.now().channels();
        return jdbc.sql(statement.sql())
                .params(statement.values())
                .query((row, number) -> view(person, row, channels))
                .list();
    }

    private static NotificationView view(long person, ResultSet row, Map<String, Channel> channels)
            throws SQLException {
        String code = row.getString("channel");
        Channel channel = channels.get(code);
        String status = row.getString("status");
        Instant readAt = time(row, "read_at");
        return new NotificationView(
                row.getLong("id"),
                row.getLong("ticket_id"),
                row.getString("ticket_title"),
                person,
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
