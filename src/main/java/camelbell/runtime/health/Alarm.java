package camelbell.runtime.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One state that somebody should know of: a line in the log when it begins and one when it ends, however often it is looked
 * at between, and a gauge ({@code camelbell.health.down}) that is 1 meanwhile.
 */
public final class Alarm {

    private final Logger log;
    private final String component;
    private final String advice;
    private volatile @Nullable String what;
    private long began;

    /**
     * @param component that the gauge is tagged with
     * @param advice what to do, as the end of the line
     */
    public Alarm(Logger log, MeterRegistry metrics, String component, String advice) {
        this.log = log;
        this.component = component;
        this.advice = advice;
        Gauge.builder("camelbell.health.down", this, alarm -> alarm.what == null ? 0 : 1)
                .description("1 while this part of the hub is not well")
                .tag("component", component)
                .register(metrics);
    }

    /**
     * Says how it is; what changes is logged once.
     *
     * @param found what is wrong, or null while nothing is
     */
    public synchronized void set(@Nullable String found) {
        if (what == null && found != null) {
            began = System.nanoTime();
            log.error("health is DOWN component={}: {}; {}", component, found, advice);
        } else if (what != null && found == null) {
            log.info("health is UP again component={} seconds={}", component, seconds());
        }
        what = found;
    }

    /** What is wrong; null while nothing is. */
    @Nullable
    public String what() {
        return what;
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }
}
