package camelbell.runtime.http;

import camelbell.runtime.RouteBudgets;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Tells {@link TurnHandler} when a route begins and ends with a request: who hangs up early has not given his turn back. */
@Component
class TurnPolicy extends RoutePolicySupport implements RoutePolicyFactory {

    private static final String TURN = "HubTurn";

    /** Looked up once, by the first request: asking the container costs as much as a small answer. */
    private final Supplier<TurnHandler> turns;

    TurnPolicy(ObjectProvider<TurnHandler> turns) {
        this.turns = SingletonSupplier.of(turns::getObject);
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext camel, String route, NamedNode definition) {
        return definition instanceof RouteDefinition known && RouteBudgets.answersRequests(known.getGroup())
                ? this
                : null;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (exchange.getMessage() instanceof HttpMessage message && exchange.getProperty(TURN) == null) {
            TurnHandler.Held held = turns.get().begun(message.getRequest());
            if (held != null) {
                exchange.setProperty(TURN, new Turn(route.getId(), held));
            }
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.getProperty(TURN) instanceof Turn turn && turn.route.equals(route.getId())) {
            exchange.removeProperty(TURN);
            turn.held.end();
        }
    }

    /** @param route the one that the request came to; those it calls end before it */
    private record Turn(String route, TurnHandler.Held held) {}
}
