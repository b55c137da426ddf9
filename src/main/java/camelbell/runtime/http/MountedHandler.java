package camelbell.runtime.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What another package serves on the public port, behind {@link EntryHandler} and in front of the REST routes. */
public interface MountedHandler extends Handler<RoutingContext> {

    /** Called once, while the router is made: which paths, and in which order among the handlers. */
    void mountOn(Router router);
}
