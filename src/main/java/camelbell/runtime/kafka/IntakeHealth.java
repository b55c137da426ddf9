package camelbell.runtime.kafka;

import camelbell.runtime.health.Alarm;
import camelbell.runtime.health.HealthProperties;
import camelbell.runtime.health.ProcessHealth;
import camelbell.runtime.health.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Down while a Kafka route of this node has ended, does not poll, or does not move although there is more to read: with partition,
 * offset and reason. Part of readiness. A route that ended is started again.
 */
@Component("intake")
class IntakeHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeHealth.class);

    private final CamelContext camel;
    private final KafkaClients clients;
    private final ConsumerThreads threads;
    private final LoopPolicies loops;
    private final Offsets offsets;
    private final HealthProperties health;
    private final ProcessHealth process;
    private final ApplicationContext context;
    private final Alarm alarm;
    private final List<WatchedRoute> routes = new ArrayList<>();
    private volatile Map<String, Object> wrong = Map.of();
    private volatile Map<String, Long> behind = Map.of();
    private volatile Watch watch;

    @SuppressWarnings("NullAway.Init") // there is a watch from the hub's start on
    IntakeHealth(
            CamelContext camel,
            KafkaClients clients,
            ConsumerThreads threads,
            LoopPolicies loops,
            Offsets offsets,
            HealthProperties health,
            ProcessHealth process,
            ApplicationContext context,
            MeterRegistry metrics) {
        this.camel = camel;
        this.clients = clients;
        this.threads = threads;
        this.loops = loops;
        this.offsets = offsets;
        this.health = health;
        this.process = process;
        this.context = context;
        this.alarm = new Alarm(LOG, metrics, "intake", "what was read is safe and comes again; find the reason above");
    }

    /** The routes are there by now. */
    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        camel.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof KafkaEndpoint)
                .map(route -> new WatchedRoute(route, clients, threads, loops, offsets, health))
                .forEach(routes::add);
        watch = new Watch("intake", health.lookEvery(), this::look);
    }

    private void look() {
        Map<String, Object> found = new LinkedHashMap<>();
        for (WatchedRoute route : routes) {
            process.set("route " + route.id(), route.revive());
            try {
                route.look();
            } catch (RuntimeException away) {
                LOG.debug("progress not known route={}: {}", route.id(), away.toString()); // component broker tells
            }
            found.putAll(route.wrong());
        }
        wrong = found;
        behind = routes.stream()
                .collect(Collectors.toMap(WatchedRoute::topic, WatchedRoute::behind, Long::sum, TreeMap::new));
        alarm.set(found.isEmpty() ? null : found.toString());
    }

    @EventListener
    void stop(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == context && watch != null) {
            watch.close();
        }
    }

    @Override
    public Health health() {
        Map<String, Object> now = wrong;
        return now.isEmpty()
                ? Health.up().withDetail("behind", behind).build()
                : Health.down().withDetails(now).withDetail("behind", behind).build();
    }
}
