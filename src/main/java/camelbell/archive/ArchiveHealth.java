package camelbell.archive;

import camelbell.store.RowKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** How archiving goes on this node. Always up: rows that stay where they are harm nobody; whoever keeps the folder is to look. */
@Component("archive")
class ArchiveHealth implements HealthIndicator {

    private final MeterRegistry metrics;
    private volatile @Nullable String fault;
    private volatile boolean looked;

    ArchiveHealth(MeterRegistry metrics) {
        this.metrics = metrics;
        Gauge.builder("camelbell.archive.failed", this, health -> health.fault == null ? 0 : 1)
                .description("1 while the last look for what is old could not write or read its file")
                .register(metrics);
    }

    /** @param fault why the look has not done all that was to be done; null: it has */
    void looked(@Nullable String fault) {
        this.fault = fault;
        looked = true;
    }

    void left(RowKind kind, long rows) {
        Counter.builder("camelbell.archive.rows")
                .description("rows that have left for files")
                .tag("kind", kind.code())
                .register(metrics)
                .increment((double) rows);
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        String why = fault;
        return why == null
                ? health.withDetail("state", looked ? "well" : "not yet looked").build()
                : health.withDetail("state", "failed").withDetail("fault", why).build();
    }
}
