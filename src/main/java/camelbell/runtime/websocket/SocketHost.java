package camelbell.runtime.websocket;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConsumer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHost;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSocket side of the router, without a server of its own. The handlers before it have let the handshake pass. */
final class SocketHost extends VertxWebsocketHost {

    private static final Logger log = LoggerFactory.getLogger(SocketHost.class);

    private final VertxWebsocketHostConfiguration configuration;
    private final Map<String, HubSocket> sockets;
    private final SocketLimits limits;
    private final SocketMeter meter;
    private final SocketQueues queues;
    private @Nullable Route route;

    SocketHost(
            CamelContext camel,
            VertxWebsocketHostConfiguration configuration,
            VertxWebsocketHostKey key,
            Map<String, HubSocket> sockets,
            SocketLimits limits,
            SocketMeter meter,
            SocketQueues queues) {
        super(camel, configuration, key);
        this.queues = queues;
        this.meter = meter;
        this.limits = limits;
        this.configuration = configuration;
        this.sockets = sockets;
    }

    @Override
    public void connect(VertxWebsocketConsumer consumer) {
        String path =
                consumer.getEndpoint().getConfiguration().getWebsocketURI().getPath();
        route = configuration.getRouter().route(path).handler(context -> upgrade((SocketConsumer) consumer, context));
    }

    @Override
    public void disconnect(String path) {
        if (route != null) {
            route.remove();
        }
        stop();
    }

    @Override
    public void start() {
        // the hub's listeners serve every path
    }

    @Override
    public void stop() {
        sockets.clear();
    }

    private void upgrade(SocketConsumer consumer, RoutingContext context) {
        context.request()
                .toWebSocket()
                .onSuccess(socket -> attend(consumer, context, socket))
                .onFailure(context::fail);
    }

    /** On the connection's event loop, so that nothing more of it is heard meanwhile. */
    private void attend(SocketConsumer consumer, RoutingContext context, ServerWebSocket socket) {
        if (HubSocket.hasLeft(context, socket)) {
            meter.closedUnopened(HubSocket.code(socket));
            return;
        }
        String key = UUID.randomUUID().toString();
        AtomicReference<@Nullable SocketEvents> later = new AtomicReference<>();
        HubSocket connection = HubSocket.on(
                context,
                key,
                socket,
                meter,
                queues,
                new FrameAssembler(limits),
                text -> consumer.said(Objects.requireNonNull(later.get()), text));
        SocketEvents events = new SocketEvents(
                context.vertx().getOrCreateContext(),
                connection,
                context.queryParams().get(SocketConsumer.USER));
        later.set(events);
        socket.exceptionHandler(failure -> log.debug("socket failed connection={}: {}", key, failure.toString()));
        boolean told = consumer.getEndpoint().getConfiguration().isFireWebSocketConnectionEvents();
        connection.whenClosed(() -> {
            sockets.remove(key);
            meter.closed(connection.closeCode());
            if (told) {
                consumer.closed(events);
            }
        });
        sockets.put(key, connection);
        meter.opened();
        if (told) {
            consumer.opened(events, socket.remoteAddress(), context, socket);
        }
        socket.headers().clear(); // what the client sent with the handshake would stay as long as the socket
    }
}
