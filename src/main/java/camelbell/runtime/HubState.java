package camelbell.runtime;

import camelbell.model.StopSignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.stereotype.Component;

/**
 * What routes ask of the hub itself. By a bean of its own: {@code ${camelContext.isStopping}} has Camel 4.17 look through
 * each of the context's many hundred methods first, which is a seventh of the hub's start.
 */
@Component("hub")
class HubState implements StopSignal {

    private final CamelContext camel;
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();

    HubState(CamelContext camel) {
        this.camel = camel;
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                ends.forEach(Runnable::run);
            }
        });
    }

    @Override
    public void onStop(Runnable end) {
        ends.add(end);
    }

    /** Whether work that can wait for the next start should. */
    public boolean isStopping() {
        return camel.isStopping();
    }
}
