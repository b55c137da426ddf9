package camelbell.runtime.reload;

import camelbell.model.StartRefused;
import camelbell.runtime.ChannelRoutes;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts whole routes, and takes them out. */
final class RouteMoves {

    private static final Logger LOG = LoggerFactory.getLogger(RouteMoves.class);

    /** Longest wait for what is under way, and in a queue in memory, as when a hub stops; what is left of it is released by its lease. */
    private static final long STOP_SECONDS = 45;

    private final ModelCamelContext camel;
    private final RouteCompiler compiler;

    RouteMoves(CamelContext camel, RouteCompiler compiler) {
        this.camel = (ModelCamelContext) camel;
        this.compiler = compiler;
    }

    /** Errors: {@link StartRefused} when it does not start. */
    void start(RouteElement route) {
        RouteDefinition definition = compiler.definition(route);
        ChannelRoutes.place(definition, camel);
        try {
            camel.addRouteDefinition(definition);
        } catch (Exception e) {
            throw new StartRefused(
                    route.place() + "route " + route.id() + " does not start: " + RouteRefusal.sentence(e), e);
        }
    }

    /**
     * Takes a route out once what is under way in it has ended. Its queue stays: whoever sends there holds it, and Camel would
     * give a second one the same name.
     */
    void takeOut(RouteElement route) {
        try {
            if (route.scheme().equals("seda")) {
                camel.getEndpoint(route.beginning());
            }
            RouteDefinition running = camel.getRouteDefinition(route.id());
            if (running != null) {
                camel.getRouteController().stopRoute(route.id(), STOP_SECONDS, TimeUnit.SECONDS);
                camel.removeRouteDefinition(running);
            }
        } catch (Exception e) {
            LOG.error(
                    "route not taken out route={}: {}; it is until the next start",
                    route.id(),
                    RouteRefusal.sentence(e));
        }
    }
}
