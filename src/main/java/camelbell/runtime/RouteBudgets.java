package camelbell.runtime;

import camelbell.model.Budget;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says of every step of every route what kind of work it is, by the route's {@code group}: a route cannot be without, and
 * whichever thread goes on with an exchange knows it. Routes of other groups than the hub's count as {@link Budget#WORK}.
 */
@Component
public class RouteBudgets implements InterceptStrategy {

    static final Map<String, Budget> BY_GROUP = Map.ofEntries(
            Map.entry("intake", Budget.INTAKE),
            Map.entry("directory", Budget.INTAKE),
            Map.entry("dispatch", Budget.WORK),
            Map.entry("channel", Budget.WORK),
            Map.entry("channels", Budget.WORK),
            Map.entry("settle", Budget.WORK),
            Map.entry("status", Budget.WORK),
            Map.entry("receipts", Budget.WORK),
            Map.entry("retention", Budget.WORK),
            Map.entry("api", Budget.API),
            Map.entry("operations", Budget.API),
            Map.entry("unsubscribe", Budget.API),
            Map.entry("sockets", Budget.SOCKETS));

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Step(target, budget(ProcessorDefinitionHelper.getRoute(definition)));
    }

    /** Whether routes of this group may be what an HTTP request comes to. */
    public static boolean answersRequests(@Nullable String group) {
        String name = group == null ? "" : group;
        return name.equals("receipts") || BY_GROUP.getOrDefault(name, Budget.API) == Budget.API;
    }

    private static Budget budget(@Nullable RouteDefinition route) {
        String group = route == null || route.getGroup() == null ? "" : route.getGroup();
        return BY_GROUP.getOrDefault(group, Budget.WORK);
    }

    private static final class Step extends DelegateAsyncProcessor {

        private final Budget budget;

        Step(Processor target, Budget budget) {
            super(target);
            this.budget = budget;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (Budget.current() != null) {
                return super.process(exchange, callback); // nearly always; a step should cost nothing of its own
            }
            return budget.get(() -> super.process(exchange, callback));
        }
    }
}
