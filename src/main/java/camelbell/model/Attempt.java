package camelbell.model;

import java.time.Instant;

/** One delivery and how its attempt ended: what the settle stage writes down. */
public record Attempt(Delivery delivery, DeliveryOutcome outcome, Instant at) {

    /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
    @Override
    public int hashCode() {
        return delivery.hashCode();
    }
}
