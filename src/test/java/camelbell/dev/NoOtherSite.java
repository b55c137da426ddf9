package camelbell.dev;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps pages of other sites away from what listens on this machine without a password: a public name that leads here (DNS
 * rebinding) reads nothing, and a page's own script ({@code Origin}) changes nothing. Tools that send neither are let in.
 */
final class NoOtherSite implements Handler<RoutingContext> {

    /** Of this machine, of a container, or a number; names of the internet have a dot. */
    private static final String NEAR = "[^.]*|[0-9.]+|\\[.*]";

    @Override
    public void handle(RoutingContext call) {
        String asked = String.valueOf(call.request().authority());
        String origin = call.request().getHeader("Origin");
        boolean reads = call.request().method().equals(HttpMethod.GET);
        if (!asked.replaceFirst(":[0-9]+$", "").matches(NEAR)) {
            call.response().setStatusCode(403).end("This is no site of the internet; ask for localhost.\n");
        } else if (!reads && origin != null && !origin.equals("http://" + asked)) {
            call.response().setStatusCode(403).end("Pages of other sites may not ask for this.\n");
        } else {
            call.next();
        }
    }
}
