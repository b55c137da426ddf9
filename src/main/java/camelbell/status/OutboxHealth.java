package camelbell.status;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How much waits to be published on the notification-status topic, and for how long. Always up: what waits is safe.
 * Asked of the database at most every few seconds, and of so many rows at most.
 */
@Component("statusOutboxBacklog")
class OutboxHealth implements HealthIndicator {

    /** Above it the number means "at least". */
    static final int LOOKED_AT = 10_000;

    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final LoadingCache<String, Waiting> cache =
            Caffeine.newBuilder().expireAfterWrite(STALENESS).build(key -> read());

    OutboxHealth(JdbcClient jdbc, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("camelbell.status.outbox.rows", () -> waiting().rows())
                .description("rows of status_outbox that wait to be published; 10,000 is 10,000 or more")
                .register(metrics);
        Gauge.builder("camelbell.status.outbox.oldest", () -> waiting().oldest())
                .description("age of the oldest of them")
                .baseUnit("seconds")
                .register(metrics);
    }

    private record Waiting(double rows, double oldest) {}

    @Override
    public Health health() {
        Waiting waiting = waiting();
        return Health.up()
                .withDetail("rows", number(waiting.rows()))
                .withDetail("oldest_seconds", number(waiting.oldest()))
                .build();
    }

    private Waiting waiting() {
        return cache.get("all");
    }

    private Waiting read() {
        try {
            return jdbc.sql(
                            """
                            SELECT count(*) AS rows, coalesce(extract(epoch FROM ?::timestamptz - min(created_at)), 0) AS oldest
                            FROM (SELECT created_at FROM status_outbox WHERE NOT unreadable ORDER BY id LIMIT ?) AS first
                            """)
                    .params(clock.instant().atOffset(ZoneOffset.UTC), LOOKED_AT)
                    .query((row, number) -> new Waiting(row.getDouble("rows"), row.getDouble("oldest")))
                    .single();
        } catch (DataAccessException | TransactionException e) {
            return UNKNOWN;
        }
    }

    private static Object number(double value) {
        return Double.isNaN(value) ? "not known" : (Object) (long) value;
    }
}
