package camelbell.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How large the tables are that grow with events or change with them, and how much of them is dead rows, which PostgreSQL's
 * vacuum has not made room of yet. As the server estimates it, asked at most once a minute, whoever scrapes or probes. Always
 * up: a table that is large is no illness.
 */
@Component("storage")
class TableSizes implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(TableSizes.class);
    private static final Duration STALENESS = Duration.ofMinutes(1);
    private static final Size UNKNOWN = new Size(Double.NaN, Double.NaN, Double.NaN);

    static final List<String> TABLES = List.of(
            "notification_log",
            "ticket_event",
            "attempt",
            "provider_message",
            "inbox",
            "delivery",
            "status_outbox",
            "event_slice",
            "parked_receipt");

    /** A table that is locked as a whole, such as by VACUUM FULL, would keep whoever asks for health waiting. */
    private static final String SHORT_WAIT = "SELECT set_config('lock_timeout', '500ms', true)";

    private static final String SIZES =
            """
            SELECT relname, n_live_tup, n_dead_tup, pg_total_relation_size(relid)
            FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname = ANY(?)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final LoadingCache<String, Map<String, Size>> cache =
            Caffeine.newBuilder().expireAfterWrite(STALENESS).build(key -> read());

    TableSizes(JdbcClient jdbc, PlatformTransactionManager transactions, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        for (String table : TABLES) {
            gauge(metrics, table, "camelbell.table.rows", "rows of a table, as PostgreSQL estimates them", Size::rows);
            gauge(
                    metrics,
                    table,
                    "camelbell.table.dead",
                    "rows of it that are gone and that no vacuum has made room of yet",
                    Size::dead);
            gauge(metrics, table, "camelbell.table.bytes", "what it takes on disk, with its indexes", Size::bytes);
        }
    }

    private void gauge(
            MeterRegistry metrics, String table, String name, String description, ToDoubleFunction<Size> value) {
        Gauge.builder(name, () -> value.applyAsDouble(of(table)))
                .description(description)
                .tag("table", table)
                .register(metrics);
    }

    private record Size(double rows, double dead, double bytes) {}

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        TABLES.forEach(table -> health.withDetail(table, detail(of(table))));
        return health.build();
    }

    private static Map<String, Object> detail(Size size) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("rows", number(size.rows));
        detail.put("dead", number(size.dead));
        detail.put("mib", number(size.bytes / (1 << 20)));
        return detail;
    }

    private Size of(String table) {
        return cache.get("all").getOrDefault(table, UNKNOWN);
    }

    private Map<String, Size> read() {
        Map<String, Size> sizes = new LinkedHashMap<>();
        try {
            transactions.executeWithoutResult(reading -> {
                jdbc.sql(SHORT_WAIT).query(String.class).single();
                jdbc.sql(SIZES).param(TABLES.toArray(String[]::new)).query((RowCallbackHandler) row ->
                        sizes.put(row.getString(1), new Size(row.getDouble(2), row.getDouble(3), row.getDouble(4))));
            });
        } catch (RuntimeException e) { // JPA's transactions throw Hibernate's own where the database is away
            LOG.debug("sizes of tables not known: {}", e.getMessage());
        }
        return sizes;
    }

    private static Object number(double value) {
        return Double.isNaN(value) ? "not known" : (Object) Math.round(value);
    }
}
