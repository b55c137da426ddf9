package camelbell.operations;

import camelbell.rest.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The last events and what has become of their notifications, for whoever wants to look before asking why. */
@Component("recentEvents")
class RecentEvents {

    private static final int PAGE = 50;

    /** Numbers are given out to nodes by blocks, so that the order by them is that of receipt but for a moment. */
    private static final String NEWEST =
            """
            SELECT id, source, event_id, type, received_at, ticket_id, left(ticket_title, 200) AS ticket_title
            FROM ticket_event WHERE archived IS NULL AND (?::bigint IS NULL OR id < ?) ORDER BY id DESC LIMIT ?
            """;

    private static final String BECOME =
            """
            SELECT e.id AS event, n.status, count(*) AS count
            FROM unnest(?::bigint[]) AS e (id),
                LATERAL (SELECT status FROM notification_log WHERE event = e.id LIMIT 1000) AS n
            GROUP BY e.id, n.status
            """;

    private final AdminAuthorization authorization;
    private final JdbcClient jdbc;
    private final Bulkhead turns = new Bulkhead(2, 6);

    RecentEvents(AdminAuthorization authorization, @Qualifier("apiJdbc") JdbcClient jdbc) {
        this.authorization = authorization;
        this.jdbc = jdbc;
    }

    /** The newest 50, or those before {@code cursor}; {@code next} is the address of older ones. */
    public Answer list(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> turns.take(() -> {
                    Long cursor = call.parameters().id("cursor");
                    List<Row> rows = jdbc.sql(NEWEST)
                            .param(cursor)
                            .param(cursor)
                            .param(PAGE + 1)
                            .query(RecentEvents::row)
                            .list();
                    List<Row> shown = rows.subList(0, Math.min(PAGE, rows.size()));
                    Map<Long, Map<String, Long>> become = become(shown);
                    List<Event> events = new ArrayList<>();
                    shown.forEach(row -> events.add(row.with(become.getOrDefault(row.key, Map.of()))));
                    String next = rows.size() > PAGE ? call.next(shown.get(PAGE - 1).key) : null;
                    return Answer.ok(new EventPage(next, events));
                }));
    }

    private Map<Long, Map<String, Long>> become(List<Row> rows) {
        Map<Long, Map<String, Long>> counts = new HashMap<>();
        jdbc.sql(BECOME)
                .param(rows.stream().map(row -> row.key).toArray(Long[]::new))
                .query(row -> {
                    counts.computeIfAbsent(row.getLong("event"), key -> new TreeMap<>())
                            .put(row.getString("status"), row.getLong("count"));
                });
        return counts;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("type"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getLong("ticket_id"),
                row.getString("ticket_title"));
    }

    private record Row(long key, String source, String id, String type, Instant receivedAt, long ticket, String title) {

        Event with(Map<String, Long> notifications) {
            return new Event(source, id, type, receivedAt, ticket, title, notifications);
        }
    }

    private record EventPage(@Nullable String next, List<Event> results) {}

    /**
     * One event.
     *
     * @param notifications how many of its first 1,000 stand where, by status
     */
    private record Event(
            String source,
            String id,
            String type,
            Instant receivedAt,
            long ticket,
            String title,
            Map<String, Long> notifications) {}
}
