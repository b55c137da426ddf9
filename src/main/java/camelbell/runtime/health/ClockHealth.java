package camelbell.runtime.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * How far this node's own clock is from the database's. Always up: the hub goes by the database's. It warns once, since logs and
 * whatever else runs on the node go by the node's.
 */
@Component("clockSkew")
class ClockHealth implements HealthIndicator, SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ClockHealth.class);
    private static final Duration UNTIL_READ = Duration.ofSeconds(1);

    private final DatabaseClock clock;
    private final ClockProperties properties;
    private final Watch watch;
    private long next = System.nanoTime();
    private boolean warned;

    ClockHealth(DatabaseClock clock, ClockProperties properties, MeterRegistry metrics) {
        this.clock = clock;
        this.properties = properties;
        this.watch = new Watch("clock", UNTIL_READ, this::look);
        Gauge.builder("camelbell.clock.skew", this, ClockHealth::seconds)
                .description("how far this node's own clock is ahead of the database's; the hub goes by the latter")
                .baseUnit("seconds")
                .register(metrics);
    }

    @Override
    public void afterSingletonsInstantiated() {
        warn();
    }

    private void look() {
        long now = System.nanoTime();
        boolean unread = clock.reading() == null;
        if (unread || now - next >= 0) {
            if (clock.measure()) {
                next = now + properties.measureEvery().toNanos();
                warn();
            }
        }
    }

    private synchronized void warn() {
        DatabaseClock.Reading reading = clock.reading();
        if (reading == null) {
            return;
        }
        boolean far = reading.skew().abs().compareTo(properties.skew()) > 0;
        if (far && !warned) {
            LOG.warn(
                    "clock of this node is off skew={} from the database's; the hub goes by the database's, logs by the node's:"
                            + " check that both have NTP",
                    reading.skew());
        } else if (warned && !far) {
            LOG.info("clock of this node is right again skew={}", reading.skew());
        }
        warned = far;
    }

    private double seconds() {
        DatabaseClock.Reading reading = clock.reading();
        return reading == null ? Double.NaN : reading.skew().toMillis() / 1000.0;
    }

    @Override
    public Health health() {
        DatabaseClock.Reading reading = clock.reading();
        return reading == null
                ? Health.up().withDetail("skew_ms", "not known").build()
                : Health.up()
                        .withDetail("skew_ms", reading.skew().toMillis())
                        .withDetail("error_ms", reading.error().toMillis())
                        .withDetail("off", reading.skew().abs().compareTo(properties.skew()) > 0)
                        .build();
    }

    @Override
    public void destroy() {
        watch.close();
    }
}
