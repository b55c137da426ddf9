package camelbell.operations;

import camelbell.flow.RouteMap;
import camelbell.model.TablesReplaced;
import camelbell.rest.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** This node at a glance: its health in the words of the health endpoint, its routes and what they do, its sockets. */
@Component("overview")
class Overview {

    private static final Logger LOG = LoggerFactory.getLogger(Overview.class);

    private static final Set<String> PARTS = Set.of(
            "broker",
            "channels",
            "clockSkew",
            "databaseLocks",
            "db",
            "intake",
            "openTransactions",
            "process",
            "rest",
            "slices-waiting",
            "statusOutboxBacklog",
            "storage",
            "tables",
            "tokenKeys");

    private final AdminAuthorization authorization;
    private final HealthEndpoint health;
    private final MeterRegistry meters;
    private final Clock clock;
    private final String node;
    private final Supplier<RouteMap> read;
    private volatile Supplier<RouteMap> map;

    Overview(
            AdminAuthorization authorization,
            HealthEndpoint health,
            MeterRegistry meters,
            Clock clock,
            @Value("${camelbell.node}") String node,
            @Value("${camelbell.routes}") String folder,
            ResourcePatternResolver files) {
        this.authorization = authorization;
        this.health = health;
        this.meters = meters;
        this.clock = clock;
        this.node = node;
        this.read = () -> map(folder, files);
        this.map = SingletonSupplier.of(read);
    }

    /** The flow may be another one now. */
    @EventListener
    void forget(TablesReplaced replaced) {
        map = SingletonSupplier.of(read);
    }

    /** What the operations page shows while it is open. */
    public Answer now(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> Answer.ok(new NodeView(
                        clock.instant(), node, parts(), map.get().stages(), RouteTraffic.of(meters), sockets())));
    }

    /** The hub's own parts in the words of the health endpoint, not what the platform says of disks and certificates. */
    private Health parts() {
        HealthComponent all = health.health();
        Map<String, HealthComponent> parts = new TreeMap<>();
        if (all instanceof CompositeHealth composite) {
            composite.getComponents().forEach((name, part) -> {
                if (PARTS.contains(name)) {
                    parts.put(name, part);
                }
            });
        }
        return new Health(all.getStatus().getCode(), parts);
    }

    private long sockets() {
        return Math.round(meters.find("camelbell.websocket.connections").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum());
    }

    /** Read when somebody first looks; none when they cannot be read, since the rest can still be told. */
    private static RouteMap map(String folder, ResourcePatternResolver files) {
        try {
            SortedMap<String, String> texts = new TreeMap<>();
            for (Resource file : files.getResources(folder + "/*.camel.yaml")) {
                texts.put(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            }
            return RouteMap.of(texts);
        } catch (IOException e) {
            LOG.warn(
                    "cannot read the route files folder={}; the operations page shows no flow. Check camelbell.routes",
                    folder,
                    e);
            return new RouteMap(List.of());
        }
    }

    /** As the health endpoint has it. */
    private record Health(String status, Map<String, HealthComponent> components) {}

    /**
     * The answer.
     *
     * @param at when it was made
     * @param node as {@code camelbell.node} names it
     * @param stages the route files, in their order
     * @param routes what each has done
     * @param sockets that are open
     */
    private record NodeView(
            Instant at,
            String node,
            Health health,
            List<RouteMap.Stage> stages,
            List<RouteTraffic> routes,
            long sockets) {}
}
