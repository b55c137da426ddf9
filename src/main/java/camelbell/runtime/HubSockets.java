package camelbell.runtime;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHost;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code vertx-websocket:} on the hub's own listeners. It differs from the stock component of 4.17: it opens no listener;
 * the events of one connection reach the route one after the other, in order; a connection is found by its key without
 * walking all of them; and a producer never dials the hub itself when the connection has gone (CAMEL-24789), such a
 * message is dropped with a warning.
 */
@Component("vertx-websocket")
@org.apache.camel.spi.annotations.Component("vertx-websocket")
class HubSockets extends VertxWebsocketComponent {

    private final Map<String, ServerWebSocket> sockets = new ConcurrentHashMap<>();
    private final SocketLimits limits;
    private final SocketMeter meter;

    HubSockets(SocketLimits limits, SocketMeter meter) {
        this.limits = limits;
        this.meter = meter;
    }

    @Override
    protected VertxWebsocketHost createVertxWebsocketHost(
            VertxWebsocketHostConfiguration configuration, VertxWebsocketHostKey key) {
        return new SocketHost(getCamelContext(), configuration, key, sockets, limits, meter);
    }

    @Override
    protected VertxWebsocketEndpoint createEndpointInstance(String uri, VertxWebsocketConfiguration configuration) {
        return new Endpoint(uri, configuration);
    }

    /** Producers look connections up by key. */
    private final class Endpoint extends VertxWebsocketEndpoint {

        Endpoint(String uri, VertxWebsocketConfiguration configuration) {
            super(uri, HubSockets.this, configuration);
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Consumer consumer = new SocketConsumer(this, processor);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        protected @Nullable WebSocket getWebSocket(Exchange exchange) {
            return null;
        }

        @Override
        protected @Nullable ServerWebSocket findPeerForConnectionKey(String key) {
            return sockets.get(key);
        }

        @Override
        protected Map<String, ServerWebSocket> findPeersForHostPort() {
            return new Peers();
        }
    }

    /** Claims to know every key, so that the producer asks for each one by itself and completes when it has gone. */
    private final class Peers extends AbstractMap<String, ServerWebSocket> {

        @Override
        public boolean containsKey(Object key) {
            return true;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Set<Entry<String, ServerWebSocket>> entrySet() {
            return sockets.entrySet();
        }
    }
}
