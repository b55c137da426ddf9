package camelbell.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * How many exchanges are under way in each route. Camel counts them anyway; its own gauge would have every step of every
 * exchange announced as an event.
 */
@Component
class RouteMeters {

    private final CamelContext camel;
    private final MeterRegistry meters;

    RouteMeters(CamelContext camel, MeterRegistry meters) {
        this.camel = camel;
        this.meters = meters;
    }

    /** The routes are there by now. */
    @EventListener(ApplicationStartedEvent.class)
    void register() {
        camel.getRoutes().forEach(route -> Gauge.builder(
                        "camelbell.route.inflight",
                        camel.getInflightRepository(),
                        repository -> repository.size(route.getRouteId()))
                .description("Exchanges under way in a route of this node")
                .tag("route", route.getRouteId())
                .register(meters));
    }
}
