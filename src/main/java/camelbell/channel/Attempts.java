package camelbell.channel;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Joins a delivery and its outcome to the attempt that the settle stage writes down. */
@Component("attempts")
class Attempts {

    private final Clock clock;

    Attempts(ObjectProvider<Clock> clock) {
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    public Attempt ended(Delivery delivery, DeliveryOutcome outcome) {
        return new Attempt(delivery, outcome, clock.instant());
    }
}
