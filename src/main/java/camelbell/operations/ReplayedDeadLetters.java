package camelbell.operations;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which dead letters were replayed, so that the same order a second time posts nothing. */
final class ReplayedDeadLetters {

    /** Any number; all orders of replaying wait for each other by it. */
    private static final long LOCK = 0x64656164_6c657474L;

    private final JdbcClient jdbc;

    ReplayedDeadLetters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends nobody else replays. It may pause for long: it waits for the broker in between. */
    void lock() {
        jdbc.sql("SELECT set_config('idle_in_transaction_session_timeout', '3600000', true)")
                .query(row -> {});
        jdbc.sql("SELECT pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
    }

    /** When each was replayed that was put aside since then, by its id. */
    Map<String, Instant> since(Instant time) {
        Map<String, Instant> replayed = new HashMap<>();
        jdbc.sql("SELECT topic || '-' || partition || '-' || \"offset\" AS id, replayed_at FROM dead_letter_replay"
                        + " WHERE put_aside_at >= ?")
                .param(DeliveryFilter.utc(time))
                .query(row -> {
                    replayed.put(
                            row.getString("id"),
                            row.getObject("replayed_at", OffsetDateTime.class).toInstant());
                });
        return replayed;
    }

    /** When each of these was replayed, by its id. */
    Map<String, Instant> among(List<DeadLetterPosition> deadLetters) {
        Map<String, Instant> replayed = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT topic || '-' || partition || '-' || "offset" AS id, replayed_at FROM dead_letter_replay
                        JOIN unnest(?::text[], ?::int[], ?::bigint[], ?::timestamptz[]) AS l (t, p, o, a)
                        ON topic = t AND partition = p AND "offset" = o AND put_aside_at = a
                        """)
                .params(columns(deadLetters))
                .query(row -> {
                    replayed.put(
                            row.getString("id"),
                            row.getObject("replayed_at", OffsetDateTime.class).toInstant());
                });
        return replayed;
    }

    void add(List<DeadLetterPosition> deadLetters, Instant now) {
        jdbc.sql(
                        """
                        INSERT INTO dead_letter_replay (topic, partition, "offset", put_aside_at, replayed_at)
                        SELECT t, p, o, a, ? FROM unnest(?::text[], ?::int[], ?::bigint[], ?::timestamptz[]) AS l (t, p, o, a)
                        ON CONFLICT (topic, partition, "offset", put_aside_at) DO UPDATE SET replayed_at = excluded.replayed_at
                        """)
                .param(DeliveryFilter.utc(now))
                .params(columns(deadLetters))
                .update();
    }

    private static List<Object> columns(List<DeadLetterPosition> deadLetters) {
        return List.of(
                deadLetters.stream().map(DeadLetterPosition::topic).toArray(String[]::new),
                deadLetters.stream().map(DeadLetterPosition::partition).toArray(Integer[]::new),
                deadLetters.stream().map(DeadLetterPosition::offset).toArray(Long[]::new),
                deadLetters.stream().map(one -> one.at().toString()).toArray(String[]::new));
    }
}
