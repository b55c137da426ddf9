package camelbell.operations;

import camelbell.model.NotificationStatus;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Failed and waiting deliveries, for operators. Each order is one transaction, its caller's, and twice the same order
 * changes nothing more: only FAILED rows are retried, only waiting ones cancelled.
 */
final class Deliveries {

    /** Rows that one order changes at most, so that none holds many locks for long. */
    static final int MOST = 10_000;

    private static final String CHOSEN =
            """
            WITH chosen AS (
                SELECT n.id, n.provider_id, n.sent_at FROM notification_log n JOIN ticket_event e ON e.id = n.event %s
                WHERE %s ORDER BY n.id LIMIT ? FOR UPDATE OF %s SKIP LOCKED),
            """;
    // a message that was sent before stays in the story, and what is said of it later is not said of the new one
    private static final String RETRY =
            """
            back AS (
                UPDATE notification_log n SET status = 'PENDING', reason = NULL, provider_id = NULL, sent_at = NULL
                FROM chosen WHERE n.id = chosen.id AND n.status = 'FAILED' RETURNING n.id, n.channel),
            known AS (
                INSERT INTO attempt (notification_id, at, attempt, outcome)
                SELECT id, sent_at, 1, 'SENT' FROM chosen JOIN back USING (id) WHERE sent_at IS NOT NULL
                ON CONFLICT DO NOTHING),
            replaced AS (
                INSERT INTO provider_message (provider_id, notification, noted_at, replaced)
                SELECT provider_id, id, ?, true FROM chosen JOIN back USING (id)
                WHERE provider_id IS NOT NULL AND channel = 'WHATSAPP'
                ON CONFLICT (provider_id) DO UPDATE SET replaced = true)
            INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, leased_by, created_at)
            SELECT id, channel, now, now, 0, NULL, now FROM back, (SELECT ?::timestamptz AS now) AS t ON CONFLICT DO NOTHING
            """;
    private static final String CANCEL =
            """
            gone AS (DELETE FROM delivery d USING chosen WHERE d.notification_id = chosen.id RETURNING d.notification_id)
            UPDATE notification_log n SET status = 'FAILED', reason = 'CANCELLED'
            FROM gone, ticket_event e
            WHERE n.id = gone.notification_id AND n.status = 'PENDING' AND e.id = n.event
            RETURNING n.id, n.recipient, n.channel, n.reason, n.created_at, e.source, e.event_id, e.type, e.ticket_id
            """;

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first, below the id. */
    List<Failed> failed(DeliveryFilter filter, @Nullable Long below, int most) {
        DeliveryFilter page = filter.and("n.id < ?", below);
        return jdbc.sql("SELECT n.id, n.recipient, n.channel, left(n.reason, 1000) AS reason, n.created_at, e.source,"
                        + " e.event_id, e.type, e.ticket_id FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE"
                        + " n.status = 'FAILED' AND "
                        + page.sql() + " ORDER BY n.id DESC LIMIT " + most)
                .params(page.values())
                .query(Deliveries::row)
                .list();
    }

    /** The status of this notification, or null when there is none. */
    @Nullable
    String status(long id) {
        return jdbc.sql("SELECT status FROM notification_log WHERE id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Begins a new cycle of attempts for one failed notification. */
    int retry(long id, Instant now) {
        return retry("n.id = ?", List.of(id), now);
    }

    int retry(DeliveryFilter filter, Instant now) {
        return retry(filter.sql(), filter.values(), now);
    }

    private int retry(String condition, List<Object> values, Instant now) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(MOST, DeliveryFilter.utc(now), DeliveryFilter.utc(now)));
        return jdbc.sql(CHOSEN.formatted("", "n.status = 'FAILED' AND " + condition, "n") + RETRY)
                .params(all)
                .update();
    }

    /** Ends waiting deliveries as FAILED, CANCELLED. Those under way are left alone. */
    List<Failed> cancel(DeliveryFilter filter) {
        List<Object> all = new ArrayList<>(filter.values());
        all.add(MOST);
        String waiting = "JOIN delivery d ON d.notification_id = n.id AND d.leased_by IS NULL";
        return jdbc.sql(CHOSEN.formatted(waiting, filter.sql(), "d") + CANCEL)
                .params(all)
                .query(Deliveries::row)
                .list();
    }

    private static Failed row(ResultSet row, int number) throws SQLException {
        return new Failed(
                row.getLong("id"),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("type"),
                row.getLong("ticket_id"),
                row.getLong("recipient"),
                row.getString("channel"),
                row.getString("reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** One notification that will not be tried again unless somebody says so. */
    record Failed(
            long id,
            String source,
            String eventId,
            String type,
            long ticket,
            long recipient,
            String channel,
            @Nullable String reason,
            Instant createdAt) {

        /** What producers are told of it. */
        StatusReport report(Instant at) {
            Change change = Change.of(NotificationStatus.FAILED, id, recipient, channel, reason);
            return new StatusReport(eventId, eventId, source, type, ticket, at, List.of(change));
        }
    }
}
