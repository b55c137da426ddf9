package camelbell.runtime;

import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/**
 * What routes ask of the hub itself. By a bean of its own: {@code ${camelContext.isStopping}} has Camel 4.17 look through
 * each of the context's many hundred methods first, which is a seventh of the hub's start.
 */
@Component("hub")
class HubState {

    private final CamelContext camel;

    HubState(CamelContext camel) {
        this.camel = camel;
    }

    /** Whether work that can wait for the next start should. */
    public boolean isStopping() {
        return camel.isStopping();
    }
}
