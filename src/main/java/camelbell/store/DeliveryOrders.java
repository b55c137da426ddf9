package camelbell.store;

import camelbell.model.NotificationStatus;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Failed and waiting deliveries, for operators. Each order is one transaction, its caller's, and twice the same order
 * changes nothing more: only FAILED rows are retried, only waiting ones cancelled.
 */
public final class DeliveryOrders {

    /** Rows that one order changes at most, so that none holds many locks for long. */
    public static final int MOST = 10_000;

    private static final String END =
            """
            WITH chosen AS (
                SELECT n.id FROM notification_log n JOIN ticket_event e ON e.id = n.event
                JOIN delivery d ON d.notification_id = n.id AND %s
                WHERE %s ORDER BY n.id LIMIT ? FOR UPDATE OF d SKIP LOCKED),
            gone AS (DELETE FROM delivery d USING chosen WHERE d.notification_id = chosen.id RETURNING d.notification_id)
            UPDATE notification_log n SET status = 'FAILED', reason = '%s'
            FROM gone, ticket_event e
            WHERE n.id = gone.notification_id AND %s AND e.id = n.event
            RETURNING n.id, n.recipient, n.channel, n.reason, n.created_at, e.source, e.event_id, e.type, e.ticket_id
            """;

    private final JdbcClient jdbc;
    private final Requeue requeue;

    public DeliveryOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.requeue = new Requeue(jdbc);
    }

    /** Newest first, below the id. */
    public List<Failed> failed(Condition meant, @Nullable Long below, int most) {
        Condition page = below == null ? meant : meant.and("n.id < ?", below);
        return jdbc.sql("SELECT n.id, n.recipient, n.channel, left(n.reason, 1000) AS reason, n.created_at, e.source,"
                        + " e.event_id, e.type, e.ticket_id FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE"
                        + " n.status = 'FAILED' AND "
                        + page.sql() + " ORDER BY n.id DESC LIMIT " + most)
                .params(page.values())
                .query(DeliveryOrders::row)
                .list();
    }

    /** The status of this notification, or null when there is none. */
    public @Nullable String status(long id) {
        return jdbc.sql("SELECT status FROM notification_log WHERE id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Begins a new cycle of attempts for one failed notification; answers whether there was one. */
    public int retry(long id, Instant now) {
        return retry(new Condition("n.id = ?", List.of(id)), now);
    }

    /** The same for all that are meant; answers how many. */
    public int retry(Condition meant, Instant now) {
        return requeue.failed(meant, MOST, now);
    }

    /** Ends waiting deliveries as FAILED, CANCELLED. Those under way are left alone. */
    public List<Failed> cancel(Condition meant) {
        return end(meant, "d.leased_by IS NULL", "CANCELLED", Transition.CANCELLED);
    }

    /** Ends as FAILED what is due since then, and nobody sends any more, for its channel was taken out. */
    List<Failed> takeOut(String channel, Instant since) {
        Object utc = since.atOffset(ZoneOffset.UTC);
        return end(
                new Condition("d.channel = ? AND d.ready_at <= ? AND d.due_at <= ?", List.of(channel, utc, utc)),
                "true",
                RemovedChannels.REASON,
                Transition.TAKEN_OUT);
    }

    private List<Failed> end(Condition meant, String free, String reason, Transition transition) {
        List<Object> all = new ArrayList<>(meant.values());
        all.add(MOST);
        return jdbc.sql(END.formatted(free, meant.sql(), reason, transition.from("n")))
                .params(all)
                .query(DeliveryOrders::row)
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
    public record Failed(
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
        public StatusReport report(Instant at) {
            StatusChange change = StatusChange.of(NotificationStatus.FAILED, id, recipient, channel, reason);
            return new StatusReport(eventId, eventId, source, type, ticket, at, List.of(change));
        }
    }
}
