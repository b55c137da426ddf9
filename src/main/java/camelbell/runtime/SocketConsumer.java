package camelbell.runtime;

import camelbell.model.SocketConnection;
import io.vertx.core.Future;
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
 * 4.17 lets them overtake each other. A client that sends faster than the route reads is not read from meanwhile.
 * Everything here but the route itself runs on the connection's event loop.
 */
final class SocketConsumer extends VertxWebsocketConsumer {

    private static final String QUEUE = "socket-queue";
    private static final String CONNECTION = "socket-connection";
    private static final int WAITING = 16;

    SocketConsumer(VertxWebsocketEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    static void remember(RoutingContext context, ServerWebSocket socket, SocketConnection connection) {
        context.put(QUEUE, new Queue(socket)).put(CONNECTION, connection);
    }

    /** The body of an OPEN event is the {@link SocketConnection}, where the stock consumer gives the Vert.x socket. */
    @Override
    public void onOpen(String key, SocketAddress remote, RoutingContext context, ServerWebSocket socket) {
        Exchange exchange = createExchange(true);
        populateExchangeHeaders(exchange, key, remote, context, VertxWebsocketEvent.OPEN);
        exchange.getMessage().setBody(context.<SocketConnection>get(CONNECTION));
        processExchange(exchange, context);
    }

    @Override
    protected void processExchange(Exchange exchange, RoutingContext context) {
        context.<Queue>get(QUEUE)
                .then(() -> context.vertx().executeBlocking(() -> route(exchange), false))
                .onFailure(getExceptionHandler()::handleException)
                .onComplete(done -> {
                    doneUoW(exchange);
                    releaseExchange(exchange, false);
                });
    }

    private boolean route(Exchange exchange) throws Exception {
        createUoW(exchange);
        getProcessor().process(exchange);
        return true;
    }

    private interface Step {
        Future<Boolean> run();
    }

    /** The events of one connection that wait for the one under way. */
    private static final class Queue {

        private final ServerWebSocket socket;
        private Future<Boolean> last = Future.succeededFuture(true);
        private int waiting;

        Queue(ServerWebSocket socket) {
            this.socket = socket;
        }

        Future<Boolean> then(Step step) {
            if (++waiting == WAITING) {
                socket.pause();
            }
            last = last.transform(ended -> step.run()).onComplete(ended -> {
                if (--waiting == 0 && !socket.isClosed()) {
                    socket.resume();
                }
            });
            return last;
        }
    }
}
