package camelbell.runtime.reload;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Puts {@link RunningSteps} into every route before it starts, those that come later as well. */
@Component
@ConditionalOnProperty("camelbell.reload")
class RoutesUnderWay extends LifecycleStrategySupport implements CamelContextConfiguration {

    private final Map<String, RunningSteps> byRoute = new ConcurrentHashMap<>();

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.addLifecycleStrategy(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // the routes have told of themselves
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        routes.forEach(this::put);
    }

    private void put(Route route) {
        if (!(route.getProcessor() instanceof DelegateAsyncProcessor whole)) {
            throw new IllegalStateException("route " + route.getRouteId() + " has no steps that could be exchanged");
        }
        if (whole.getProcessor() instanceof RunningSteps started) {
            byRoute.put(route.getRouteId(), started); // it was stopped meanwhile
            return;
        }
        RunningSteps steps = new RunningSteps(whole.getProcessor());
        ServiceHelper.startService(steps);
        whole.setProcessor((AsyncProcessor) steps);
        byRoute.put(route.getRouteId(), steps);
    }

    @Nullable
    RunningSteps of(String route) {
        return byRoute.get(route);
    }
}
