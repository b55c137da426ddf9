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
import io.vertx.core.http.HttpVersion;
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
    private final SocketLimits limits;
    private final SocketMeter meter;
    private final RequestCount requests;

    SocketDoor(
            Vertx vertx,
            Proxies proxies,
            ObjectProvider<Handshakes> handshakes,
            RateLimits rates,
            SocketLimits limits,
            SocketMeter meter,
            RequestCount requests) {
        this.limits = limits;
        this.meter = meter;
        this.requests = requests;
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
        if (turnedAway(context)) {
            return;
        }
        Handshake handshake = handshake(context);
        request.pause();
        vertx.executeBlocking(() -> handshakes.getObject().judge(handshake), false)
                .onSuccess(verdict -> act(context, verdict))
                .onFailure(failure -> {
                    log.error("handshake failed; the client gets 503 and may try again", failure);
                    request.resume();
                    meter.handshake("failed");
                    HttpErrors.answer(context, HttpError.UNAVAILABLE);
                });
    }

    /** What costs no worker and no look at a token: the node stops or is full, or the address has been refused too often. */
    private boolean turnedAway(RoutingContext context) {
        if (requests.draining()) {
            meter.handshake("stopping");
            HttpErrors.answer(context, HttpError.STOPPING);
        } else if (meter.open() >= limits.connections()) {
            meter.handshake("full");
            HttpErrors.answer(context, HttpError.FULL);
        } else if (rates.stopsHandshake(context)) {
            meter.handshake("throttled");
        } else {
            return false;
        }
        return true;
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method())
                && request.version() == HttpVersion.HTTP_1_1
                && request.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE, true)
                && request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
    }

    private Handshake handshake(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap query = context.queryParams();
        Map<String, List<String>> parameters = new HashMap<>();
        query.names().forEach(name -> parameters.put(name, List.copyOf(query.getAll(name))));
        List<String> origins = request.headers().getAll("Origin");
        return new Handshake(
                proxies.client(request),
                origins.isEmpty() ? null : String.join(", ", origins),
                List.copyOf(request.headers().getAll("Authorization")),
                parameters);
    }

    private void act(RoutingContext context, Verdict verdict) {
        context.request().resume();
        if (verdict instanceof Verdict.Open open) {
            if (!rates.stopsUser(context, open.user())) {
                context.queryParams().clear();
                open.headers().forEach(context.queryParams()::add);
                context.next();
            } else {
                meter.handshake("throttled");
            }
        } else if (verdict instanceof Verdict.Refuse refuse) {
            HttpError error = refuse.status() == 403 ? HttpError.ORIGIN_REFUSED : HttpError.HANDSHAKE_REFUSED;
            rates.handshakeRefused(context);
            meter.handshake(error.code());
            HttpErrors.answer(context, error, refuse.detail());
        } else if (verdict instanceof Verdict.OpenThenClose close) {
            rates.handshakeRefused(context);
            meter.handshake("expired");
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> {
                        meter.closedUnopened(close.code());
                        socket.close((short) close.code(), close.reason());
                    })
                    .onFailure(context::fail);
        }
    }
}
