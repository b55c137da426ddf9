package camelbell.channel;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel's circuit breaker: what opens it is a provider's state, never a single message's or person's. */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private static final Duration LONGEST_PROBE = Duration.ofMinutes(1);

    /** Nobody was asked: the address cannot be one, or leads where the hub may not go; or there is nothing to say any more. */
    private static final Set<String> UNUSABLE = Set.of("INVALID_ADDRESS", "ADDRESS_FORBIDDEN", "TEMPLATE_REMOVED");

    private final BreakerPolicy policy;
    private final CircuitBreaker breaker;
    private volatile String reason = "";

    Breaker(String channel, BreakerPolicy policy) {
        this.policy = policy;
        breaker = CircuitBreaker.of(
                channel,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(policy.window())
                        .minimumNumberOfCalls(policy.atLeast())
                        .failureRateThreshold(policy.failureRate())
                        .waitDurationInOpenState(policy.openFor())
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .permittedNumberOfCallsInHalfOpenState(policy.probes())
                        // a probe that never ended must not keep it half open for ever
                        .maxWaitDurationInHalfOpenState(LONGEST_PROBE)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> tell(event.getStateTransition()));
    }

    /** True when one attempt may begin; its outcome is then to be {@link #record recorded}. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    int admits(int most) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 0;
            case HALF_OPEN -> Math.min(most, policy.probes());
            default -> most;
        };
    }

    /** Gives a permission back that was not used. */
    void release() {
        breaker.releasePermission();
    }

    State state() {
        return breaker.getState();
    }

    /**
     * Counts an outcome, and answers what it is to count as: an attempt that only found an open channel still away uses
     * nothing up, since it was the channel that was tried.
     */
    DeliveryOutcome record(DeliveryOutcome outcome) {
        if (outcome instanceof Stopped stopped) {
            stop(stopped.reason());
        } else if (outcome instanceof Unavailable away) {
            failed(away.reason());
        } else if (outcome instanceof Slowed slowed) {
            failed(slowed.reason());
        } else if (outcome instanceof Unknown unknown) {
            failed(unknown.reason());
        } else if (reachedNobody(outcome)) {
            breaker.releasePermission();
        } else if (!(outcome instanceof NotBegun)) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        boolean refused = outcome instanceof Unavailable || outcome instanceof Slowed;
        return refused && breaker.getState() != State.CLOSED ? new Stopped(reason) : outcome;
    }

    /** Why it is not closed; empty while it is. */
    String reason() {
        return breaker.getState() == State.CLOSED ? "" : reason;
    }

    void close() {
        breaker.reset();
    }

    private void failed(String why) {
        reason = why;
        breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(why));
    }

    /** Attempts that were under way when it opened find it open, and leave it so. */
    private synchronized void stop(String why) {
        if (breaker.getState() != State.OPEN) {
            reason = why;
            breaker.transitionToOpenStateFor(policy.stoppedFor());
        }
    }

    /** Faults of ours, addresses that are none and who opted out say nothing of the provider. */
    private static boolean reachedNobody(DeliveryOutcome outcome) {
        return outcome instanceof Skipped
                || (outcome instanceof FailedForGood failed && UNUSABLE.contains(failed.reason()))
                || (outcome instanceof FailedForNow fault && fault.reason().equals(Unexpected.REASON));
    }

    private void tell(StateTransition change) {
        State to = change.getToState();
        if (change.getFromState() == State.CLOSED && to == State.OPEN) {
            LOG.error(
                    "channel stopped channel={} reason={}; its deliveries wait in the table and none fails for it. {};"
                            + " the channel goes on by itself",
                    breaker.getName(),
                    reason,
                    Remedy.of(breaker.getName(), reason));
        } else if (to == State.CLOSED && change.getFromState() != to) {
            LOG.info("channel goes on channel={}; it had stopped for {}", breaker.getName(), reason);
        } else {
            LOG.debug("channel breaker channel={} state={} reason={}", breaker.getName(), name(to), reason);
        }
    }

    static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
