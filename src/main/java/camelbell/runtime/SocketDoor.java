package camelbell.runtime;

import camelbell.model.Handshakes;
import camelbell.model.Handshakes.Handshake;
import camelbell.model.Handshakes.Verdict;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The door to {@code /ws/notifications/}, in front of the WebSocket route. Whoever owns the sockets says who may in by a
 * bean of {@link Handshakes}; without one nobody may. Nothing that the client sent reaches the route as a message header
 * except what the verdict lets in: camel-vertx-websocket 4.17 copies every query parameter, over its own headers
 * (CAMEL-23532).
 */
@Component("socketDoor")
class SocketDoor implements Handler<RoutingContext> {

    private static final Logger log = LoggerFactory.getLogger(SocketDoor.class);

    private final Vertx vertx;
    private final Proxies proxies;
    private final ObjectProvider<Handshakes> handshakes;
    private final RateLimits rates;

    SocketDoor(Vertx vertx, Proxies proxies, ObjectProvider<Handshakes> handshakes, RateLimits rates) {
        this.vertx = vertx;
        this.proxies = proxies;
        this.handshakes = handshakes;
        this.rates = rates;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isUpgrade(request)) {
            HttpErrors.answer(context, HttpError.NO_UPGRADE);
            return;
        }
        Handshake handshake = handshake(context);
        request.pause();
        vertx.executeBlocking(() -> handshakes.getObject().judge(handshake), false)
                .onSuccess(verdict -> act(context, verdict))
                .onFailure(failure -> {
                    log.error("handshake failed; the client gets 503 and may try again", failure);
                    request.resume();
                    HttpErrors.answer(context, HttpError.UNAVAILABLE);
                });
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method())
                && request.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE, true)
                && request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
    }

    private Handshake handshake(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap query = context.queryParams();
        Map<String, List<String>> parameters = new HashMap<>();
        query.names().forEach(name -> parameters.put(name, List.copyOf(query.getAll(name))));
        return new Handshake(
                proxies.client(request), request.getHeader("Origin"), request.getHeader("Authorization"), parameters);
    }

    private void act(RoutingContext context, Verdict verdict) {
        context.request().resume();
        if (verdict instanceof Verdict.Open open) {
            if (!rates.stopsUser(context, open.user())) {
                context.queryParams().clear();
                open.headers().forEach(context.queryParams()::add);
                context.next();
            }
        } else if (verdict instanceof Verdict.Refuse refuse) {
            HttpError error = refuse.status() == 403 ? HttpError.ORIGIN_REFUSED : HttpError.HANDSHAKE_REFUSED;
            HttpErrors.answer(context, error, refuse.detail());
        } else if (verdict instanceof Verdict.OpenThenClose close) {
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> socket.close((short) close.code(), close.reason()))
                    .onFailure(context::fail);
        }
    }
}
