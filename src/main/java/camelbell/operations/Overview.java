package camelbell.operations;

import camelbell.flow.RouteMap;
import camelbell.rest.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** This node at a glance: its health in the words of the health endpoint, its routes and what they do, its sockets. */
@Component("overview")
class Overview {

    private final AdminAuthorization authorization;
    private final HealthEndpoint health;
    private final MeterRegistry meters;
    private final Clock clock;
    private final String node;
    private final Supplier<RouteMap> map;

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
        this.map = SingletonSupplier.of(() -> map(folder, files));
    }

    /** What the operations page shows while it is open. */
    public Answer now(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> Answer.ok(new Node(
                        clock.instant(),
                        node,
                        health.health(),
                        map.get().stages(),
                        RouteTraffic.of(meters),
                        sockets())));
    }

    private long sockets() {
        return Math.round(meters.find("camelbell.websocket.connections").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum());
    }

    /** Read when somebody first looks. */
    private static RouteMap map(String folder, ResourcePatternResolver files) {
        try {
            SortedMap<String, String> texts = new TreeMap<>();
            for (Resource file : files.getResources(folder + "/*.camel.yaml")) {
                texts.put(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            }
            return RouteMap.of(texts);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the route files in " + folder + "; check camelbell.routes", e);
        }
    }

    /**
     * The answer.
     *
     * @param at when it was made
     * @param node as {@code camelbell.node} names it
     * @param stages the route files, in their order
     * @param routes what each has done
     * @param sockets that are open
     */
    private record Node(
            Instant at,
            String node,
            HealthComponent health,
            List<RouteMap.Stage> stages,
            List<RouteTraffic> routes,
            long sockets) {}
}
