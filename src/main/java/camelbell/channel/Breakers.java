package camelbell.channel;

import camelbell.model.Current;
import camelbell.model.DeliveryOutcome;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The channels' breakers. A hub that stops opens all breakers, so that what waits in memory goes back to the table. */
@Component("breakers")
class Breakers {

    private final Map<String, Breaker> byChannel = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;
    private final ApplicationContext context;
    private volatile boolean stopping;

    Breakers(Current<RetriesFile> retries, ApplicationContext context, MeterRegistry metrics) {
        this.context = context;
        this.metrics = metrics;
        retries.now().breakers().forEach(this::add);
        retries.whenReplaced(this::follow);
    }

    private void add(String channel, BreakerPolicy policy) {
        byChannel.put(channel, new Breaker(channel, policy));
        Gauge.builder("camelbell.channel.breaker", () -> level(byChannel.get(channel)))
                .description("0 closed, 1 half-open, 2 open")
                .tag("channel", channel)
                .register(metrics);
    }

    /** A breaker whose lines are others begins anew, closed; the others stay as they are, open or not. */
    private void follow(RetriesFile before, RetriesFile table) {
        byChannel.keySet().retainAll(table.breakers().keySet());
        table.breakers().forEach((channel, policy) -> {
            if (!policy.equals(before.breakers().get(channel)) || !byChannel.containsKey(channel)) {
                add(channel, policy);
            }
        });
    }

    @EventListener
    void stop(ContextClosedEvent event) {
        stopping |= event.getApplicationContext() == context;
    }

    boolean stopping() {
        return stopping;
    }

    boolean permits(String channel) {
        Breaker breaker = byChannel.get(channel);
        return breaker == null || breaker.permits();
    }

    /** Gives back a permission that was not used. */
    void release(String channel) {
        Breaker breaker = byChannel.get(channel);
        if (breaker != null) {
            breaker.release();
        }
    }

    /** Tells the breaker, and answers what the outcome is to count as. */
    DeliveryOutcome record(String channel, DeliveryOutcome outcome) {
        Breaker breaker = byChannel.get(channel);
        return breaker == null ? outcome : breaker.record(outcome);
    }

    /** Forgets what has been, as after a start. */
    void close() {
        byChannel.values().forEach(Breaker::close);
    }

    boolean isClosed(String channel) {
        Breaker breaker = byChannel.get(channel);
        return !stopping && (breaker == null || breaker.state() == State.CLOSED);
    }

    /** How many deliveries may be taken up, {@code most} at most: all, a few to try whether it works, or none. */
    int admits(String channel, int most) {
        Breaker breaker = byChannel.get(channel);
        if (stopping) {
            return 0;
        }
        return breaker == null ? most : breaker.admits(most);
    }

    String state(String channel) {
        Breaker breaker = byChannel.get(channel);
        return breaker == null ? "closed" : Breaker.name(breaker.state());
    }

    String reason(String channel) {
        Breaker breaker = byChannel.get(channel);
        return breaker == null ? "" : breaker.reason();
    }

    private static double level(@Nullable Breaker breaker) {
        if (breaker == null) {
            return Double.NaN;
        }
        return switch (breaker.state()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }
}
