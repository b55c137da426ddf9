package camelbell.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;
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

    /** The routes are there by now; one that comes later tells of itself. */
    @EventListener(ApplicationStartedEvent.class)
    void register() {
        register(camel.getRoutes());
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onRoutesAdd(Collection<Route> routes) {
                register(routes);
            }
        });
    }

    private void register(Collection<Route> routes) {
        routes.forEach(route -> Gauge.builder(
                        "camelbell.route.inflight",
                        camel.getInflightRepository(),
                        repository -> repository.size(route.getRouteId()))
                .description("Exchanges under way in a route of this node")
                .tag("route", route.getRouteId())
                .register(meters));
    }
}
