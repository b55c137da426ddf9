package camelbell.channel;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Joins a delivery and its outcome to the attempt that the settle stage writes down, and tells the breaker and the pace. */
@Component("attempts")
class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Breakers breakers;
    private final Paces paces;
    private final Clock clock;

    Attempts(Breakers breakers, Paces paces, ObjectProvider<Clock> clock) {
        this.breakers = breakers;
        this.paces = paces;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    /**
     * What a channel's own steps have made of the message, which must be an outcome. Anything else is a mistake in its route
     * file, and nobody knows whether the message went out: it is sent again once at most.
     */
    public DeliveryOutcome outcome(Delivery delivery, @Nullable Object body) {
        if (body instanceof DeliveryOutcome outcome) {
            return outcome;
        }
        LOG.error(
                "channel has no outcome channel={} notification={}: the last step of its attempt left {}; it must leave a"
                        + " delivery outcome, as a provider's post does",
                delivery.channel().code(),
                delivery.notificationId(),
                body == null ? "nothing" : "a " + body.getClass().getName());
        return new Unknown("NO OUTCOME");
    }

    public Attempt ended(Delivery delivery, DeliveryOutcome outcome) {
        paces.record(delivery, outcome);
        DeliveryOutcome weighed = breakers.record(delivery.channel().code(), outcome);
        return new Attempt(delivery, weighed, clock.instant());
    }
}
