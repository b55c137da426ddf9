package camelbell.channel;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Joins a delivery and its outcome to the attempt that the settle stage writes down, and tells the breaker. */
@Component("attempts")
class Attempts {

    private final Breakers breakers;
    private final Clock clock;

    Attempts(Breakers breakers, ObjectProvider<Clock> clock) {
        this.breakers = breakers;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    public Attempt ended(Delivery delivery, DeliveryOutcome outcome) {
        breakers.record(delivery.channel().code(), outcome);
        return new Attempt(delivery, outcome, clock.instant());
    }
}
