package camelbell.store;

import camelbell.model.Current;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How much work waits in the table, by channel, and for how long. Asked of the database at most every few seconds,
 * whoever scrapes or probes; a database that is away is asked no more often. The look is bounded: of each channel only
 * the first rows of the queue, by their index, however many there are. What is due is looked for apart from what is
 * unfinished: the rows that nodes hold keep their place in the queue, and there may be more of them than are looked at.
 */
@Component
class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** Unknown, since the database is away. */
    static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Above it a number means "at least". */
    static final int LOOKED_AT = 10_000;

    private static final Waiting NOTHING = new Waiting(0, 0, 0, 0);
    private static final Duration STALENESS = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final MeterRegistry metrics;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final LoadingCache<String, Map<String, Waiting>> cache =
            Caffeine.newBuilder().expireAfterWrite(STALENESS).build(key -> read());

    Backlog(JdbcClient jdbc, Current<Policy> policy, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.metrics = metrics;
        register(policy.now());
        policy.whenReplaced((before, table) -> register(table));
    }

    /** A channel that is taken out keeps its gauges, for what waits of it does. */
    private void register(Policy table) {
        table.channels().values().stream()
                .filter(channel -> !channel.inbox() && registered.add(channel.code()))
                .forEach(channel -> register(channel.code()));
    }

    private void register(String code) {
        Gauge.builder("camelbell.delivery.pending", () -> of(code).pending())
                .description("deliveries that are not at their end; 10,000 is 10,000 or more")
                .tag("channel", code)
                .register(metrics);
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

    /**
     * One channel's work.
     *
     * @param pending how many are unfinished: due, to be tried again later, or under way
     * @param due how many are due and taken by nobody
     * @param oldest seconds since the oldest unfinished one was recorded
     * @param unknown how many may have arrived
     */
    record Waiting(double pending, double due, double oldest, double unknown) {}

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
                            SELECT c.code, unfinished.n, due.n, extract(epoch FROM :now - unfinished.oldest), unfinished.unknown
                            FROM unnest(:channels) AS c (code)
                            CROSS JOIN LATERAL (
                                SELECT count(*) AS n, min(created_at) AS oldest,
                                    count(*) FILTER (WHERE unknown_outcomes > 0) AS unknown
                                FROM (SELECT created_at, unknown_outcomes FROM delivery
                                      WHERE channel = c.code ORDER BY ready_at LIMIT :most) AS first) AS unfinished
                            CROSS JOIN LATERAL (
                                SELECT count(*) AS n
                                FROM (SELECT FROM delivery WHERE channel = c.code AND ready_at <= :now AND due_at <= :now
                                      ORDER BY ready_at LIMIT :most) AS first) AS due
                            """)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("channels", registered.toArray(String[]::new))
                    .param("most", LOOKED_AT)
                    .query((RowCallbackHandler) row -> waiting.put(
                            row.getString(1),
                            new Waiting(row.getDouble(2), row.getDouble(3), row.getDouble(4), row.getDouble(5))));
            return waiting;
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("backlog not known: {}", e.getMessage());
            return Map.of("", UNKNOWN);
        }
    }
}
