package camelbell.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How many slices wait to be written, and how many the database has refused. Always up: both hold up only the people they
 * are about. Asked of the database at most every few seconds, whoever scrapes or probes.
 */
@Component("slices-waiting")
class SliceBacklog implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(SliceBacklog.class);
    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final Measured UNKNOWN = new Measured(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final JdbcClient jdbc;
    private final LoadingCache<String, Measured> cache =
            Caffeine.newBuilder().expireAfterWrite(STALENESS).build(key -> read());

    SliceBacklog(JdbcClient jdbc, MeterRegistry metrics) {
        this.jdbc = jdbc;
        Gauge.builder("camelbell.slices.waiting", () -> now().waiting())
                .description("slices of accepted events that are still to be written")
                .register(metrics);
        Gauge.builder("camelbell.slices.held", () -> now().held())
                .description("those of them that were tried and wait, such as for an inbox that somebody holds")
                .register(metrics);
        Gauge.builder("camelbell.slices.oldest", () -> now().oldest())
                .description("age of the event of the oldest slice that waits")
                .baseUnit("seconds")
                .register(metrics);
        Gauge.builder("camelbell.slices.refused", () -> now().refused())
                .description("slices that the database refuses, each of one person")
                .register(metrics);
    }

    private record Measured(double waiting, double held, double oldest, double refused) {}

    @Override
    public Health health() {
        Measured counts = now();
        return Health.up()
                .withDetail("waiting", number(counts.waiting()))
                .withDetail("held", number(counts.held()))
                .withDetail("oldest_seconds", number(counts.oldest()))
                .withDetail("refused", number(counts.refused()))
                .build();
    }

    private Measured now() {
        return cache.get("now");
    }

    private Measured read() {
        try {
            return jdbc.sql(
                            """
                            SELECT count(*) FILTER (WHERE refused IS NULL), count(*) FILTER (WHERE refused IS NULL AND tries > 0),
                                coalesce(extract(epoch FROM now() - min(e.received_at) FILTER (WHERE refused IS NULL)), 0),
                                count(*) FILTER (WHERE refused IS NOT NULL)
                            FROM event_slice s LEFT JOIN ticket_event e ON e.id = s.event
                            """)
                    .query((row, number) -> new Measured(
                            row.getDouble(1), row.getDouble(2), Math.max(0, row.getDouble(3)), row.getDouble(4)))
                    .single();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("slices not known: {}", e.getMessage());
            return UNKNOWN;
        }
    }

    private static Object number(double value) {
        return Double.isNaN(value) ? "not known" : (Object) (long) value;
    }
}
