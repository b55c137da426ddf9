package camelbell.runtime.websocket;

import camelbell.model.SocketConnection;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConstants;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConsumer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEvent;

/**
 * Hands the events of one connection (open, messages, close) to the route one after the other; the stock consumer of
 * 4.17 lets them overtake each other. The route has threads of its own, apart from those of REST, and a step that answers
 * later holds none. Each connection has one event under way, so no more wait for a thread than there are connections.
 */
final class SocketConsumer extends VertxWebsocketConsumer {

    /** The header by which routes know whose connection it is; set by whoever lets it in. */
    static final String USER = "HubUser";

    private static final int BROKEN = 1011;

    private final WorkerExecutor workers;

    SocketConsumer(VertxWebsocketEndpoint endpoint, Processor processor, WorkerExecutor workers) {
        super(endpoint, processor);
        this.workers = workers;
    }

    /**
     * The body of the event is the {@link SocketConnection}, where the stock consumer gives the Vert.x socket. Nothing of the
     * handshake is kept but whose it is: with its headers and handlers it is larger than all else that an idle socket holds.
     */
    void opened(SocketEvents events, SocketAddress remote, RoutingContext handshake, ServerWebSocket socket) {
        HubSocket connection = events.socket();
        Exchange exchange = createExchange(true);
        populateExchangeHeaders(exchange, connection.key(), remote, handshake, VertxWebsocketEvent.OPEN);
        name(VertxWebsocketEvent.OPEN, exchange);
        exchange.getMessage().setBody(connection, SocketConnection.class);
        handOver(exchange, events, () -> {
            if (exchange.isFailed()) { // nobody knows it, so nobody would ever greet it or miss it
                connection.close(BROKEN, "internal error");
            }
        });
    }

    /** The client has said something. */
    void said(SocketEvents events, String text) {
        Exchange exchange = exchange(events, VertxWebsocketEvent.MESSAGE);
        exchange.getMessage().setBody(text);
        handOver(exchange, events, () -> {});
    }

    /** The connection has ended. */
    void closed(SocketEvents events) {
        handOver(exchange(events, VertxWebsocketEvent.CLOSE), events, () -> {});
    }

    private Exchange exchange(SocketEvents events, VertxWebsocketEvent event) {
        Exchange exchange = createExchange(true);
        exchange.getMessage()
                .setHeader(
                        VertxWebsocketConstants.CONNECTION_KEY, events.socket().key());
        if (events.user() != null) {
            exchange.getMessage().setHeader(USER, events.user());
        }
        name(event, exchange);
        return exchange;
    }

    /** As text: routes compare it with text, and Camel 4.17 looks through all of its type converters for what is an enum. */
    private static void name(VertxWebsocketEvent event, Exchange exchange) {
        exchange.getMessage().setHeader(VertxWebsocketConstants.EVENT, event.name());
    }

    private void handOver(Exchange exchange, SocketEvents events, Runnable after) {
        events.add(ended -> workers.executeBlocking(
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
