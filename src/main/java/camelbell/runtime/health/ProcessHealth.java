package camelbell.runtime.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down for what only a restart mends. Part of liveness; the process ends by itself then ({@link ProcessEnd}). */
@Component("process")
public class ProcessHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessHealth.class);

    private final ProcessEnd end;
    private final Alarm alarm;
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    ProcessHealth(ProcessEnd end, MeterRegistry metrics) {
        this.end = end;
        this.alarm = new Alarm(LOG, metrics, "process", "a restart mends it");
    }

    /**
     * Says how one part is.
     *
     * @param reason why nothing but a restart mends it; null: it is well
     */
    public void set(String part, @Nullable String reason) {
        if (reason == null) {
            reasons.remove(part);
        } else {
            reasons.put(part, reason);
        }
        Map<String, String> now = new TreeMap<>(reasons);
        alarm.set(now.isEmpty() ? null : now.toString());
        if (reason != null) {
            end.because(reason);
        }
    }

    @Override
    public Health health() {
        Map<String, String> now = new TreeMap<>(reasons);
        return now.isEmpty()
                ? Health.up().build()
                : Health.down().withDetails(now).build();
    }
}
