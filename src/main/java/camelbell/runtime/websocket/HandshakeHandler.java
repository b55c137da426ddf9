package camelbell.runtime.websocket;

import camelbell.model.Budget;
import camelbell.model.Handshakes;
import camelbell.model.Handshakes.Decision;
import camelbell.model.Handshakes.Handshake;
import camelbell.runtime.http.HttpError;
import camelbell.runtime.http.HttpErrors;
import camelbell.runtime.http.MountedHandler;
import camelbell.runtime.http.Proxies;
import camelbell.runtime.http.RateLimits;
import camelbell.runtime.http.RequestCount;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Handshakes at {@code /ws/notifications/}, in front of the WebSocket route. Whoever owns the sockets says who may in by a
 * bean of {@link Handshakes}; without one nobody may. Nothing that the client sent reaches the route as a message header
 * except what the decision lets in: camel-vertx-websocket 4.17 copies every query parameter, over its own headers
 * (CAMEL-23532).
 */
@Component("handshakeHandler")
class HandshakeHandler implements MountedHandler {

    private static final Logger log = LoggerFactory.getLogger(HandshakeHandler.class);
    private static final String PATH = "/ws/notifications/";

    private final HandshakeQueue queue;
    private final Proxies proxies;
    private final ObjectProvider<Handshakes> handshakes;
    private final RateLimits rates;
    private final SocketLimits limits;
    private final SocketMeter meter;
    private final SocketQueues queues;
    private final RequestCount requests;

    HandshakeHandler(
            HandshakeQueue queue,
            Proxies proxies,
            ObjectProvider<Handshakes> handshakes,
            RateLimits rates,
            SocketLimits limits,
            SocketMeter meter,
            SocketQueues queues,
            RequestCount requests) {
        this.queues = queues;
        this.limits = limits;
        this.meter = meter;
        this.requests = requests;
        this.queue = queue;
        this.proxies = proxies;
        this.handshakes = handshakes;
        this.rates = rates;
    }

    @Override
    public void mountOn(Router router) {
        router.route(PATH).order(-200).handler(this);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!PATH.equals(request.path())) { // the router finds it under //ws/notifications/ as well
            HttpErrors.answer(context, HttpError.UNKNOWN_PATH);
            return;
        }
        if (!isUpgrade(request)) {
            HttpErrors.answer(context, HttpError.NO_UPGRADE);
            return;
        }
        if (turnedAway(context)) {
            return;
        }
        request.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE); // the server looks at the first line alone
        request.headers().set(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
        Handshake handshake = handshake(context);
        request.pause();
        queue.submit(() -> Budget.SOCKETS.get(() -> handshakes.getObject().judge(handshake)))
                .onSuccess(decision -> act(context, decision))
                .onFailure(failure -> {
                    request.resume();
                    if (failure instanceof RejectedExecutionException) {
                        meter.handshake("busy");
                    } else {
                        log.error("handshake failed; the client gets 503 and may try again", failure);
                        meter.handshake("failed");
                    }
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
                && lists(request, HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                && lists(request, HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
    }

    /** These headers are lists, over one line or several, in any order and case. */
    private static boolean lists(HttpServerRequest request, CharSequence header, CharSequence word) {
        return request.headers().getAll(header).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(entry -> entry.strip().equalsIgnoreCase(word.toString()));
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

    private void act(RoutingContext context, Decision decision) {
        context.request().resume();
        if (!(decision instanceof Decision.Open)) {
            rates.handshakeRefused(context); // also when nobody waits for the answer any more
        }
        if (context.response().closed()) {
            meter.handshake("left");
        } else if (decision instanceof Decision.Open open) {
            if (!rates.stopsUser(context, open.user())) {
                context.queryParams().clear();
                open.headers().forEach(context.queryParams()::add);
                context.next();
            } else {
                meter.handshake("throttled");
            }
        } else if (decision instanceof Decision.Refuse refuse) {
            HttpError error = refuse.status() == 403 ? HttpError.ORIGIN_REFUSED : HttpError.HANDSHAKE_REFUSED;
            meter.handshake(error.code());
            HttpErrors.answer(context, error, refuse.detail());
        } else if (decision instanceof Decision.OpenThenClose close) {
            meter.handshake("expired");
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> {
                        if (HubSocket.hasLeft(context, socket)) {
                            meter.closedUnopened(HubSocket.code(socket));
                            return;
                        }
                        meter.closedUnopened(close.code());
                        HubSocket.on(
                                        context,
                                        "refused",
                                        socket,
                                        meter,
                                        queues,
                                        new FrameAssembler(limits),
                                        unheard -> {})
                                .close(close.code(), close.reason());
                    })
                    .onFailure(context::fail);
        }
    }
}
