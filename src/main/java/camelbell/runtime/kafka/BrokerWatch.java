package camelbell.runtime.kafka;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import camelbell.runtime.health.Alarm;
import camelbell.runtime.health.HealthProperties;
import camelbell.runtime.health.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks whether the broker still lets the hub do its work, and says so once when it does not: {@link BrokerHealth} shows the
 * sentence for as long.
 */
@Component
class BrokerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);

    /** Between two looks at what works. */
    private static final Duration WHILE_WELL = Duration.ofSeconds(10);

    private final KafkaRights rights;
    private final KafkaSettings settings;
    private final HealthProperties health;
    private final ApplicationContext context;
    private final Alarm alarm;
    private Set<String> wished = Set.of();
    private Set<String> absent = Set.of();
    private long next = System.nanoTime();
    private volatile String wrong = "";
    private volatile Watch watch;

    @SuppressWarnings("NullAway.Init") // there is a watch from the hub's start on
    BrokerWatch(
            KafkaRights rights,
            KafkaSettings settings,
            HealthProperties health,
            ApplicationContext context,
            MeterRegistry metrics) {
        this.rights = rights;
        this.settings = settings;
        this.health = health;
        this.context = context;
        this.alarm = new Alarm(LOG, metrics, "broker", "the hub goes on by itself once that is mended");
    }

    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        watch = new Watch("broker", health.lookEvery(), this::look);
    }

    @EventListener
    void stop(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == context && watch != null) {
            watch.close();
        }
    }

    /** What the broker does not let the hub do, in one sentence; empty while it lets it. */
    String wrong() {
        return wrong;
    }

    private void look() {
        if (wrong.isEmpty() && System.nanoTime() - next < 0) {
            return;
        }
        try {
            KafkaRights.Found found = rights.look();
            wish(found.wished());
            boolean news = !absent.containsAll(found.absent());
            absent = found.absent();
            if (!news) { // a topic that has just been made shows a moment later
                tell(sentence(found));
                next = System.nanoTime() + WHILE_WELL.toNanos();
            }
        } catch (ExecutionException | TimeoutException e) {
            tell(KafkaTrouble.of(settings, "looking at topics and rights", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String sentence(KafkaRights.Found found) {
        List<String> parts = new ArrayList<>();
        if (!found.missing().isEmpty()) {
            parts.add("no right to " + String.join(", ", found.missing())
                    + "; grant it, secure-kafka.md lists the least rights");
        }
        if (!found.absent().isEmpty()) {
            parts.add(
                    "topic " + String.join(", ", found.absent())
                            + " is not there; create it, or let the hub create it at its start (CREATE, camelbell.kafka.partitions)");
        }
        return parts.isEmpty()
                ? ""
                : KafkaTrouble.sentence(settings, "looking at topics and rights", String.join("; ", parts));
    }

    private void wish(Set<String> newest) {
        if (!newest.equals(wished) && !newest.isEmpty()) {
            LOG.info(
                    "not all rights at Kafka brokers={}: no {}; dead letters cannot be read or posted again from here, or"
                            + " nobody is warned of a topic of dead letters that is too small",
                    settings.brokers(),
                    newest);
        }
        wished = newest;
    }

    private void tell(String found) {
        if (!found.isEmpty() && !wrong.isEmpty() && !found.equals(wrong)) {
            LOG.error("health is still DOWN component=broker: {}", found);
        }
        wrong = found;
        alarm.set(found.isEmpty() ? null : found);
    }
}
