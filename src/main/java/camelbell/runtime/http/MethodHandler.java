package camelbell.runtime.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Methods of the REST routes outside /api/: OPTIONS is answered here, and a 405 says what is allowed (RFC 9110 section 15.5.6). */
final class MethodHandler implements Handler<RoutingContext> {

    private final RestResources resources;

    MethodHandler(RestResources resources) {
        this.resources = resources;
    }

    @Override
    public void handle(RoutingContext context) {
        RestResource resource = resources.at(context.normalizedPath());
        String method = context.request().method().name();
        if (resource == null || resource.methods().contains(method)) {
            context.next();
            return;
        }
        context.response().putHeader("Allow", resource.allow());
        if (method.equals("OPTIONS")) {
            context.response().setStatusCode(204).end();
        } else {
            context.fail(405);
        }
    }
}
