package camelbell.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes notifications PENDING again: what was sent of them before stays known but is replaced, so that nothing that is said
 * of it later is said of the new message, and there is a delivery anew. In the caller's transaction.
 */
final class Requeue {

    /** {@code chosen} has id and provider_id, and is locked; {@code t} has the time. */
    private static final String BACK =
            """
            t AS (SELECT ?::timestamptz AS now),
            back AS (
                UPDATE notification_log n SET status = 'PENDING', reason = NULL, provider_id = NULL, sent_at = NULL
                FROM chosen WHERE n.id = chosen.id AND %s RETURNING n.id, n.channel, n.created_at),
            replaced AS (
                INSERT INTO provider_message (provider_id, notification, noted_at, replaced)
                SELECT chosen.provider_id, id, now, true FROM t, chosen JOIN back USING (id)
                WHERE chosen.provider_id IS NOT NULL AND channel = 'WHATSAPP'
                ON CONFLICT (provider_id) DO UPDATE SET replaced = true)
            """;

    private static final String FAILED =
            """
            WITH chosen AS (
                SELECT n.id, n.provider_id, n.sent_at FROM notification_log n JOIN ticket_event e ON e.id = n.event
                WHERE %s AND %s ORDER BY n.id LIMIT ? FOR UPDATE OF n SKIP LOCKED),
            %s,
            known AS (
                INSERT INTO attempt (notification_id, at, attempt, outcome)
                SELECT id, sent_at, 1, 'SENT' FROM chosen JOIN back USING (id) WHERE sent_at IS NOT NULL
                ON CONFLICT DO NOTHING)
            INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, leased_by, created_at)
            SELECT id, channel, now, now, 0, NULL, now FROM back, t ON CONFLICT DO NOTHING
            """;

    private static final String REFUSED =
            """
            WITH chosen AS (SELECT ?::bigint AS id, ?::text AS provider_id),
            %s
            INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, created_at, fallback)
            SELECT id, channel, now, now, (SELECT max(a.attempt) FROM attempt a WHERE a.notification_id = id), created_at, true
            FROM back, t
            """;

    private final JdbcClient jdbc;

    Requeue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins a new cycle of attempts for those that failed, and answers how many they are: {@code most} at most. */
    int failed(Condition meant, int most, Instant now) {
        List<Object> values = new ArrayList<>(meant.values());
        values.addAll(List.of(most, utc(now)));
        return jdbc.sql(FAILED.formatted(
                        Transition.RETRIED.from("n"), meant.sql(), BACK.formatted(Transition.RETRIED.from("n"))))
                .params(values)
                .update();
    }

    /** Sends one once more that the provider has refused for its form, whose attempts go on where they were. */
    void refused(long notification, String providerId, Instant now) {
        jdbc.sql(REFUSED.formatted(BACK.formatted(Transition.REFUSED.from("n"))))
                .params(notification, providerId, utc(now))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
