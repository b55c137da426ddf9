package camelbell.channel;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Joins a delivery and its outcome to the attempt that the settle stage writes down, and tells the breaker and the pace. */
@Component("attempts")
class Attempts {

    private final Breakers breakers;
    private final Paces paces;
    private final Clock clock;

    Attempts(Breakers breakers, Paces paces, ObjectProvider<Clock> clock) {
        this.breakers = breakers;
        this.paces = paces;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    public Attempt ended(Delivery delivery, DeliveryOutcome outcome) {
        paces.record(delivery, outcome);
        DeliveryOutcome weighed = breakers.record(delivery.channel().code(), outcome);
        return new Attempt(delivery, weighed, clock.instant());
    }
}
