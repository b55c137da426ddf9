package camelbell.runtime.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The time that a body has to come. Every byte of a slow one starts the idle time-out anew, so that one alone would hold its
 * connection for hours. It counts only while the hub reads: whoever waits for the hub is not too slow.
 */
final class BodyWait {

    private static final String KEY = "body-wait";

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final Duration limit;
    private final RequestTurns turns;
    private final long number;
    private long timer;

    private BodyWait(RoutingContext context, Duration limit) {
        this.context = context;
        this.request = context.request();
        this.limit = limit;
        this.turns = RequestTurns.of(request);
        this.number = turns.newest();
    }

    /** Begins with the head. */
    static void begin(RoutingContext context, Duration limit) {
        BodyWait wait = new BodyWait(context, limit);
        context.put(KEY, wait);
        wait.start();
        context.request().end().onComplete(whole -> wait.stop());
    }

    /** The hub asks for the body only now. */
    static void anew(RoutingContext context) {
        BodyWait wait = context.get(KEY);
        if (wait != null) {
            wait.stop();
            wait.start();
        }
    }

    private void start() {
        timer = context.vertx().setTimer(limit.toMillis(), late -> over());
    }

    private void stop() {
        context.vertx().cancelTimer(timer);
    }

    private void over() {
        if (turns.hasCome(number)) {
            return;
        }
        boolean asked = turns.isRead() && !request.headers().contains(HttpHeaders.EXPECT);
        if (asked || context.response().ended()) {
            HttpErrors.tooSlow(context);
        } else {
            start();
        }
    }
}
