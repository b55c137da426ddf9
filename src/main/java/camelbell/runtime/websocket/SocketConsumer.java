package camelbell.runtime.websocket;

import camelbell.model.SocketConnection;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConsumer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEvent;

/**
 * Hands the events of one connection (open, messages, close) to the route one after the other; the stock consumer of
 * 4.17 lets them overtake each other. The route has threads of its own, apart from those of REST, and a step that answers
 * later holds none. Each connection has one event under way, so no more wait for a thread than there are connections.
 */
final class SocketConsumer extends VertxWebsocketConsumer {

    private static final String EVENTS = "socket-events";
    private static final int BROKEN = 1011;

    private final WorkerExecutor workers;

    SocketConsumer(VertxWebsocketEndpoint endpoint, Processor processor, WorkerExecutor workers) {
        super(endpoint, processor);
        this.workers = workers;
    }

    static void remember(RoutingContext context, HubSocket socket) {
        context.put(EVENTS, new SocketEvents(context.vertx().getOrCreateContext(), socket));
    }

    /** The body of an OPEN event is the {@link SocketConnection}, where the stock consumer gives the Vert.x socket. */
    @Override
    public void onOpen(String key, SocketAddress remote, RoutingContext context, ServerWebSocket socket) {
        HubSocket connection = context.<SocketEvents>get(EVENTS).socket();
        Exchange exchange = createExchange(true);
        populateExchangeHeaders(exchange, key, remote, context, VertxWebsocketEvent.OPEN);
        exchange.getMessage().setBody(connection, SocketConnection.class);
        handOver(exchange, context, () -> {
            if (exchange.isFailed()) { // nobody knows it, so nobody would ever greet it or miss it
                connection.close(BROKEN, "internal error");
            }
        });
    }

    @Override
    protected void processExchange(Exchange exchange, RoutingContext context) {
        handOver(exchange, context, () -> {});
    }

    private void handOver(Exchange exchange, RoutingContext context, Runnable after) {
        context.<SocketEvents>get(EVENTS).add(ended -> workers.executeBlocking(
                        () -> route(exchange, () -> {
                            after.run();
                            doneUoW(exchange);
                            releaseExchange(exchange, false);
                            ended.run();
                        }),
                        false)
                .onFailure(failure -> {
                    getExceptionHandler().handleException(failure);
                    ended.run();
                }));
    }

    private boolean route(Exchange exchange, Runnable ended) throws Exception {
        createUoW(exchange);
        return getAsyncProcessor().process(exchange, synchronous -> ended.run());
    }
}
