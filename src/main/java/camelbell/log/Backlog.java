package camelbell.log;

import camelbell.model.Channel;
import camelbell.model.Policy;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How much work waits in the table, by channel, and for how long. Asked of the database at most every few seconds,
 * whoever scrapes or probes; a database that is away is asked no more often.
 */
@Component
class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** Unknown, since the database is away. */
    static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN, Double.NaN);

    private static final Waiting NOTHING = new Waiting(0, 0, 0);
    private static final Duration STALENESS = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final LoadingCache<String, Map<String, Waiting>> cache =
            Caffeine.newBuilder().expireAfterWrite(STALENESS).build(key -> read());

    Backlog(JdbcClient jdbc, Policy policy, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.clock = clock;
        for (Channel channel : policy.channels().values()) {
            if (!channel.inbox()) {
                String code = channel.code();
                Gauge.builder("camelbell.delivery.due", () -> of(code).due())
                        .description("deliveries that are due and nobody has taken")
                        .tag("channel", code)
                        .register(metrics);
                Gauge.builder("camelbell.delivery.oldest", () -> of(code).oldest())
                        .description("age of the oldest delivery that is not at its end")
                        .baseUnit("seconds")
                        .tag("channel", code)
                        .register(metrics);
                Gauge.builder("camelbell.delivery.unknown", () -> of(code).unknown())
                        .description("deliveries that may have arrived and are to be sent again")
                        .tag("channel", code)
                        .register(metrics);
            }
        }
    }

    /**
     * One channel's work.
     *
     * @param due how many are due
     * @param oldest seconds since the oldest unfinished one was recorded
     * @param unknown how many may have arrived
     */
    record Waiting(double due, double oldest, double unknown) {}

    Waiting of(String channel) {
        Map<String, Waiting> all = cache.get("all");
        return all.getOrDefault(channel, all.getOrDefault("", NOTHING));
    }

    private Map<String, Waiting> read() {
        Instant now = clock.instant();
        Map<String, Waiting> waiting = new HashMap<>();
        try {
            jdbc.sql(
                            """
                            SELECT channel, count(*) FILTER (WHERE due_at <= :now),
                                extract(epoch FROM :now - min(created_at)), count(*) FILTER (WHERE unknown_outcomes > 0)
                            FROM delivery GROUP BY channel
                            """)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .query((RowCallbackHandler) row -> waiting.put(
                            row.getString(1), new Waiting(row.getDouble(2), row.getDouble(3), row.getDouble(4))));
            return waiting;
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("backlog not known: {}", e.getMessage());
            return Map.of("", UNKNOWN);
        }
    }
}
