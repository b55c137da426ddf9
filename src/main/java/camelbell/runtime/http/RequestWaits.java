package camelbell.runtime.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Closes connections that no whole request has come on for too long. Every byte starts the server's idle time-out anew,
 * so half a request, dripped, would hold its connection for ever.
 */
@Component("requestWaits")
class RequestWaits {

    private static final int UPGRADED = 101;

    private final Vertx vertx;
    private final Duration first;
    private final Duration next;
    /** With the timer that will close them. */
    private final Map<HttpConnection, Long> waiting = new ConcurrentHashMap<>();

    RequestWaits(Vertx vertx, HttpProperties http) {
        this.vertx = vertx;
        this.first = http.headTimeout();
        this.next = http.keepAlive();
    }

    void opened(HttpConnection connection) {
        connection.closeHandler(closed -> heard(connection));
        await(connection, first);
    }

    /** A connection that has become a WebSocket has its own pings. */
    void whenAnswered(RoutingContext context) {
        context.addEndHandler(answered -> {
            if (answered.succeeded() && context.response().getStatusCode() != UPGRADED) {
                await(context.request().connection(), next);
            }
        });
    }

    void heard(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void await(HttpConnection connection, Duration limit) {
        heard(connection);
        waiting.put(connection, vertx.setTimer(limit.toMillis(), late -> {
            waiting.remove(connection);
            connection.close();
        }));
    }
}
