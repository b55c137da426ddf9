package camelbell.operations;

import camelbell.operations.Explanation.ExplainedEvent;
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

    private static final String EVENT =
            """
            id, source, event_id, type, occurred_at, received_at, actor, ticket_id, left(ticket_title, 4096) AS ticket_title,
            ticket_created_by, assignees, archived IS NOT NULL AS left_for_file, (
                SELECT array_agg(file ORDER BY file) FROM archive
                WHERE dropped_at IS NOT NULL AND (archive.id = archived OR kind <> 'events' AND month BETWEEN
                    date_trunc('month', received_at AT TIME ZONE 'UTC')
                    AND date_trunc('month', received_at AT TIME ZONE 'UTC') + interval '1 month')) AS files""";

    /** A plan may name tens of thousands. */
    private static final String PLAN_OF_ONE =
            """
            CASE WHEN plan IS NULL THEN NULL ELSE jsonb_build_object('over', plan -> 'over', 'rules', plan -> 'rules', 'tell', (
                SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'audience', audience -> 'audience', 'rule', audience -> 'rule', 'unlisted', audience -> 'unlisted')) || (
                    SELECT coalesce(jsonb_object_agg(list, jsonb_build_array(?::bigint)), '{}'::jsonb)
                    FROM unnest(ARRAY['told', 'failed', 'unmet', 'inactive', 'unknown']) AS list
                    WHERE audience -> list @> to_jsonb(?::bigint)) ORDER BY place)
                FROM jsonb_array_elements(plan -> 'tell') WITH ORDINALITY AS audiences (audience, place))) END""";

    private final JdbcClient jdbc;

    ExplainRows(@Qualifier("apiJdbc") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Recorded> event(String source, String id) {
        return jdbc.sql("SELECT " + EVENT + ", plan FROM ticket_event WHERE source = ? AND event_id = ?")
                .params(source, id)
                .query(ExplainRows::recorded)
                .list();
    }

    /** The newest events of the ticket, newest first, below the one with that key, and about how many bytes each takes. */
    List<EventSize> ofTicket(long ticket, @Nullable Long below, int most) {
        return jdbc.sql(
                        """
                        SELECT id, least(octet_length(ticket_title), 16384) + 24 * cardinality(assignees) AS bytes
                        FROM ticket_event WHERE ticket_id = ? AND (?::bigint IS NULL
                            OR (received_at, id) < (SELECT received_at, id FROM ticket_event WHERE id = ?))
                        ORDER BY received_at DESC, id DESC LIMIT ?
                        """)
                .param(ticket)
                .param(below)
                .param(below)
                .param(most)
                .query((row, number) -> new EventSize(row.getLong("id"), row.getLong("bytes")))
                .list();
    }

    /** These events, newest first, each with what its plan says of the person and nobody else. */
    List<Recorded> about(Collection<Long> events, long person) {
        return jdbc.sql("SELECT " + EVENT + ", " + PLAN_OF_ONE
                        + " AS plan FROM ticket_event WHERE id = ANY(?) ORDER BY received_at DESC, id DESC")
                .params(person, person, events.toArray(Long[]::new))
                .query(ExplainRows::recorded)
                .list();
    }

    /** People who have notifications of the event, by id, above that one. For events from before plans were kept. */
    List<Long> recipients(long event, long above, int most) {
        return jdbc.sql("SELECT DISTINCT recipient FROM notification_log WHERE event = ? AND recipient > ?"
                        + " ORDER BY recipient LIMIT ?")
                .params(event, above, most)
                .query(Long.class)
                .list();
    }

    /** The notifications that these people have of these events, by event. */
    Map<Long, List<SentRow>> notifications(Collection<Long> events, Collection<Long> people) {
        Map<Long, List<SentRow>> byEvent = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT n.id, n.event, n.recipient, n.channel, n.status, left(n.reason, 1000) AS reason, n.seq,
                            n.provider_id, n.created_at, n.sent_at, n.read_at, d.due_at, d.held
                        FROM notification_log n LEFT JOIN delivery d ON d.notification_id = n.id
                        WHERE n.event = ANY(?) AND n.recipient = ANY(?) ORDER BY n.id
                        """)
                .params(events.toArray(Long[]::new), people.toArray(Long[]::new))
                .query(ExplainRows::sent)
                .list()
                .forEach(one -> byEvent.computeIfAbsent(one.event(), id -> new ArrayList<>())
                        .add(one));
        return byEvent;
    }

    /**
     * For whom of these people notifications of these events are still to be written, by event: {@code TO_BE_WRITTEN}, or
     * {@code REFUSED} where the database refuses them.
     */
    Map<Long, Map<Long, String>> unwritten(Collection<Long> events, Collection<Long> people) {
        Map<Long, Map<Long, String>> byEvent = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT event, person, CASE WHEN refused IS NULL THEN 'TO_BE_WRITTEN' ELSE 'REFUSED' END AS state
                        FROM event_slice, unnest(recipients) AS person
                        WHERE ticket IN (SELECT ticket_id FROM ticket_event WHERE id = ANY(?))
                            AND event = ANY(?) AND person = ANY(?)
                        """)
                .params(events.toArray(Long[]::new), events.toArray(Long[]::new), people.toArray(Long[]::new))
                .query(row -> {
                    byEvent.computeIfAbsent(row.getLong("event"), id -> new HashMap<>())
                            .put(row.getLong("person"), row.getString("state"));
                });
        return byEvent;
    }

    Map<Long, List<Try>> attempts(Collection<Long> notifications) {
        Map<Long, List<Try>> found = new HashMap<>();
        jdbc.sql("SELECT notification_id, at, attempt, outcome, left(reason, 1000) AS reason FROM attempt WHERE"
                        + " notification_id = ANY(?) ORDER BY at")
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
        boolean left = row.getBoolean("left_for_file");
        ExplainedEvent event = new ExplainedEvent(
                row.getString("source"),
                row.getString("event_id"),
                row.getString("type"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getObject("actor", Long.class),
                row.getLong("ticket_id"),
                left ? null : row.getString("ticket_title"),
                left ? null : row.getLong("ticket_created_by"),
                ids(row.getArray("assignees")),
                texts(row.getArray("files")));
        return new Recorded(row.getLong("id"), event, left, row.getString("plan"));
    }

    private static SentRow sent(ResultSet row, int number) throws SQLException {
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
                row.getString("held"),
                List.of());
        return new SentRow(row.getLong("event"), row.getLong("recipient"), notification);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static List<Long> ids(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }

    /** An event's key, and about how many bytes it takes. */
    record EventSize(long key, long bytes) {}

    /**
     * One event.
     *
     * @param left for a file: but for its name, type, times and ticket
     * @param plan JSON, or null for an event from before plans were kept, or that has left
     */
    record Recorded(long key, ExplainedEvent event, boolean left, @Nullable String plan) {}

    /** One notification row. */
    record SentRow(long event, long recipient, Notification notification) {}
}
