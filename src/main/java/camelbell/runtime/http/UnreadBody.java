package camelbell.runtime.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The end of a connection whose client was answered before all of its body had come. Closing at once would take the
 * answer from a client that is still sending, so what comes is dropped for a moment.
 */
final class UnreadBody {

    private static final Duration MOMENT = Duration.ofSeconds(2);

    private UnreadBody() {}

    /** Before the answer, which says so. Nothing when the body has come, or there is none. */
    static void closeAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        context.response().putHeader("Connection", "close");
        context.addEndHandler(answered -> {
            if (request.isEnded()) {
                request.connection().close();
                return;
            }
            long timer = context.vertx()
                    .setTimer(MOMENT.toMillis(), late -> request.connection().close());
            request.end().onComplete(whole -> {
                context.vertx().cancelTimer(timer);
                request.connection().close();
            });
            request.resume();
        });
    }
}
