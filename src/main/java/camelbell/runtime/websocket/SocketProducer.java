package camelbell.runtime.websocket;

import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConstants;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * Queues the body as a text frame to the connection that the header names, behind what else waits for it, and does not
 * wait for its client. Without a body, or with an empty one, or when the connection has gone, it does nothing.
 */
final class SocketProducer extends DefaultProducer {

    private final Function<String, @Nullable HubSocket> sockets;

    SocketProducer(VertxWebsocketEndpoint endpoint, Function<String, @Nullable HubSocket> sockets) {
        super(endpoint);
        this.sockets = sockets;
    }

    @Override
    public void process(Exchange exchange) {
        String text = exchange.getMessage().getBody(String.class);
        String key = exchange.getMessage().getHeader(VertxWebsocketConstants.CONNECTION_KEY, String.class);
        HubSocket socket = key == null ? null : sockets.apply(key);
        if (text != null && !text.isEmpty() && socket != null) {
            socket.send(text);
        }
    }
}
