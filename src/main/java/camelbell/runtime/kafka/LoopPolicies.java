package camelbell.runtime.kafka;

import camelbell.runtime.BackoffProperties;
import camelbell.runtime.FailureLog;
import camelbell.runtime.health.MemoryGuard;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Watches every route that tries again by itself when it has failed: those that a timer or Kafka feeds. Their failures are
 * written by a {@link FailureLog} and counted ({@code camelbell.loop.failures}); a timer's ticks are left out while the route
 * waits. How a Kafka route waits: {@link KafkaClients}.
 */
@Component
class LoopPolicies implements RoutePolicyFactory {

    private static final Logger LOG = LoggerFactory.getLogger(LoopPolicies.class);
    private static final String BATCH = "camelbell.loop.batch";

    private final BackoffProperties backoff;
    private final MeterRegistry metrics;
    private final MemoryGuard memory;
    private final Map<String, FailureLog> failing = new ConcurrentHashMap<>();

    LoopPolicies(BackoffProperties backoff, MeterRegistry metrics, MemoryGuard memory) {
        this.backoff = backoff;
        this.metrics = metrics;
        this.memory = memory;
    }

    /** Why the route fails; empty while it does not. */
    String failure(String route) {
        FailureLog log = failing.get(route);
        return log == null ? "" : log.reason();
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext camel, String route, NamedNode definition) {
        String from = ((RouteDefinition) definition).getInput().getEndpointUri();
        if (from.startsWith("timer")) {
            return new Ticks(route);
        }
        return from.startsWith("kafka") ? new Loop(route) : null;
    }

    /** A route that begins anew without being asked. */
    private class Loop extends RoutePolicySupport {

        private final FailureLog failures;
        private final String id;

        Loop(String id) {
            this.id = id;
            this.failures = failing.computeIfAbsent(id, route -> new FailureLog(LOG, "route=" + route));
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setProperty(BATCH, exchange.getMessage().getBody());
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Exception failure = exchange.getException();
            if (failure == null) {
                failures.worked();
            } else {
                memory.look(failure);
                metrics.counter("camelbell.loop.failures", "route", id).increment();
                failedTimes(failures.failed(KafkaBatch.offsets(exchange.getProperty(BATCH)), failure));
            }
        }

        void failedTimes(int inARow) {
            // whoever feeds the route waits
        }
    }

    private final class Ticks extends Loop {

        private volatile long notBefore = System.nanoTime();

        Ticks(String id) {
            super(id);
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (System.nanoTime() - notBefore < 0) {
                exchange.setRouteStop(true);
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (!exchange.isRouteStop()) {
                super.onExchangeDone(route, exchange);
            }
        }

        @Override
        void failedTimes(int inARow) {
            notBefore = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(backoff.after(inARow).toMillis());
        }
    }
}
