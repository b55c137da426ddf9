package camelbell.operations;

import camelbell.operations.Explanation.Event;
import camelbell.operations.Explanation.Notification;
import camelbell.operations.Explanation.Try;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the hub wrote down about events. */
@Component
class ExplainRows {

    private final JdbcClient jdbc;

    ExplainRows(@Qualifier("apiJdbc") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Recorded> event(String source, String id) {
        return jdbc.sql("SELECT * FROM ticket_event WHERE source = ? AND event_id = ?")
                .params(source, id)
                .query(ExplainRows::recorded)
                .list();
    }

    /** The newest events of the ticket, newest first. */
    List<Recorded> ofTicket(long ticket, int most) {
        return jdbc.sql("SELECT * FROM ticket_event WHERE ticket_id = ? ORDER BY received_at DESC, id DESC LIMIT ?")
                .params(ticket, most)
                .query(ExplainRows::recorded)
                .list();
    }

    /** The notifications of these events, by event; one person's only, unless the person is null. */
    Map<Long, List<Sent>> notifications(Collection<Long> events, @Nullable Long person) {
        List<Sent> found = jdbc.sql(
                        """
                        SELECT n.*, d.due_at FROM notification_log n LEFT JOIN delivery d ON d.notification_id = n.id
                        WHERE n.event = ANY(?) AND (?::bigint IS NULL OR n.recipient = ?) ORDER BY n.id
                        """)
                .param(events.toArray(Long[]::new))
                .param(person)
                .param(person)
                .query(ExplainRows::sent)
                .list();
        Map<Long, List<Sent>> byEvent = new HashMap<>();
        found.forEach(one ->
                byEvent.computeIfAbsent(one.event(), id -> new ArrayList<>()).add(one));
        return byEvent;
    }

    Map<Long, List<Try>> attempts(Collection<Long> notifications) {
        Map<Long, List<Try>> found = new HashMap<>();
        jdbc.sql("SELECT * FROM attempt WHERE notification_id = ANY(?) ORDER BY at")
                .param(notifications.toArray(Long[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getLong("notification_id"), id -> new ArrayList<>())
                            .add(attempt(row));
                });
        return found;
    }

    private static Try attempt(ResultSet row) throws SQLException {
        return new Try(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("attempt"),
                row.getString("outcome"),
                row.getString("reason"));
    }

    private static Recorded recorded(ResultSet row, int number) throws SQLException {
        Event event = new Event(
                row.getString("source"),
                row.getString("event_id"),
                row.getString("type"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getObject("actor", Long.class),
                row.getLong("ticket_id"),
                row.getString("ticket_title"),
                row.getLong("ticket_created_by"),
                ids(row.getArray("assignees")));
        return new Recorded(row.getLong("id"), event, row.getString("plan"));
    }

    private static Sent sent(ResultSet row, int number) throws SQLException {
        Notification notification = new Notification(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("status"),
                row.getString("reason"),
                row.getObject("seq", Long.class),
                row.getString("provider_id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "sent_at"),
                time(row, "read_at"),
                time(row, "due_at"),
                List.of());
        return new Sent(row.getLong("event"), row.getLong("recipient"), notification);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<Long> ids(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }

    /** @param plan JSON, or null for an event from before plans were kept */
    record Recorded(long key, Event event, @Nullable String plan) {}

    /** One notification row. */
    record Sent(long event, long recipient, Notification notification) {}
}
