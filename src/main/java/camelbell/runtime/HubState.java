package camelbell.runtime;

import camelbell.model.StopSignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What routes ask of the hub itself. By a bean of its own: {@code ${camelContext.isStopping}} has Camel 4.17 look through
 * each of the context's many hundred methods first, which is a seventh of the hub's start.
 */
@Component("hub")
class HubState implements StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(HubState.class);

    private final CamelContext camel;
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    HubState(CamelContext camel) {
        this.camel = camel;
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                stopping = true; // Camel says so only when all of these were called
                ends.forEach(HubState::end);
            }
        });
    }

    @Override
    public void onStop(Runnable end) {
        ends.add(end);
    }

    private static void end(Runnable waiting) {
        try {
            waiting.run();
        } catch (RuntimeException e) {
            LOG.warn("somebody who waits cannot be told that the hub stops, which takes a second longer then", e);
        }
    }

    /** Whether work that can wait for the next start should. */
    public boolean isStopping() {
        return stopping || camel.isStopping();
    }
}
