package camelbell.runtime;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Every error of the public port is JSON with a fixed text: nothing of the request or of an exception is repeated. */
final class HttpErrors {

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "Bad request.",
            404, "Not found.",
            406, "Could not satisfy the request Accept header.",
            408, "Request timed out.",
            413, "Request body too large.",
            415, "Unsupported media type in request.",
            500, "A server error occurred.",
            503, "Temporarily unavailable.");

    private HttpErrors() {}

    static void answerOn(Router router) {
        DETAILS.forEach((status, detail) -> router.errorHandler(status, context -> answer(context, status, detail)));
        router.errorHandler(
                405,
                context -> answer(
                        context, 405, "Method \"" + context.request().method().name() + "\" not allowed."));
    }

    static void answer(RoutingContext context, int status) {
        answer(context, status, DETAILS.getOrDefault(status, "Request refused."));
    }

    static void answer(RoutingContext context, int status, String detail) {
        answer(context, status, new JsonObject().put("detail", detail));
    }

    /** In the words of Django REST Framework. */
    static void throttled(RoutingContext context, long seconds) {
        context.response().putHeader("Retry-After", Long.toString(seconds));
        String wait = seconds == 1 ? "1 second." : seconds + " seconds.";
        answer(context, 429, "Request was throttled. Expected available in " + wait);
    }

    static void answer(RoutingContext context, int status, JsonObject body) {
        if (context.response().ended()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
