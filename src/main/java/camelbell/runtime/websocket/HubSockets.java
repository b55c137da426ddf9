package camelbell.runtime.websocket;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHost;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostKey;
import org.springframework.stereotype.Component;

/**
 * {@code vertx-websocket:} on the hub's own listeners. It differs from the stock component of 4.17: it opens no listener;
 * the events of one connection reach the route one after the other, in order, on threads of their own; and a producer
 * never waits for a client, nor dials the hub itself when the connection has gone (CAMEL-24789).
 */
@Component("vertx-websocket")
@org.apache.camel.spi.annotations.Component("vertx-websocket")
class HubSockets extends VertxWebsocketComponent {

    private final Map<String, HubSocket> sockets = new ConcurrentHashMap<>();
    private final WorkerExecutor workers;
    private final SocketLimits limits;
    private final SocketMeter meter;
    private final SocketQueues queues;

    HubSockets(Vertx vertx, SocketLimits limits, SocketMeter meter, SocketQueues queues) {
        this.limits = limits;
        this.meter = meter;
        this.queues = queues;
        this.workers = vertx.createSharedWorkerExecutor("camelbell-sockets", limits.workers());
        queues.watch(vertx, sockets.values());
    }

    @Override
    protected VertxWebsocketHost createVertxWebsocketHost(
            VertxWebsocketHostConfiguration configuration, VertxWebsocketHostKey key) {
        return new SocketHost(getCamelContext(), configuration, key, sockets, limits, meter, queues);
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
            Consumer consumer = new SocketConsumer(this, processor, workers);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            return new SocketProducer(this, sockets::get);
        }
    }
}
