package camelbell.channel;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Unknown;
import camelbell.model.Dispatch;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Joins a delivery and its outcome to the attempt that the settle stage writes down, and tells the breaker and the pace. */
@Component("attempts")
class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** What a channel's own steps are about. */
    private static final String DELIVERY = "delivery";

    /** When the attempt began, by the monotonic clock. */
    private static final String BEGUN = "begun";

    private final Breakers breakers;
    private final Paces paces;
    private final Clock clock;

    Attempts(Breakers breakers, Paces paces, ObjectProvider<Clock> clock) {
        this.breakers = breakers;
        this.paces = paces;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    /** The delivery over the channel whose route has taken the dispatch. */
    public Delivery over(@Body Dispatch dispatch, @ExchangeProperty("channel") String channel, Exchange exchange) {
        Delivery delivery = dispatch.over(channel);
        exchange.setProperty(DELIVERY, delivery);
        return delivery;
    }

    /** The attempt begins now, and this is what it is about. */
    public Delivery begin(Exchange exchange) {
        exchange.setProperty(BEGUN, System.nanoTime());
        return exchange.getProperty(DELIVERY, Delivery.class);
    }

    /**
     * What a channel's own steps have made of the message, which must be an outcome. Anything else is a mistake in its route
     * file, and nobody knows whether the message went out: it is sent again once at most.
     */
    public DeliveryOutcome outcome(@ExchangeProperty(DELIVERY) Delivery delivery, @Body @Nullable Object body) {
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

    /** However it ended, or that it never began; how long it took says how many are to be under way at once. */
    public Attempt ended(
            @ExchangeProperty(DELIVERY) Delivery delivery, @Body DeliveryOutcome outcome, Exchange exchange) {
        Long begun = exchange.getProperty(BEGUN, Long.class);
        TurnQueue queue = begun == null ? null : TurnQueues.of(exchange);
        if (begun != null && queue != null) {
            long took = System.nanoTime() - begun;
            if (outcome instanceof Sent
                    || took >= InFlight.SLOW) { // what fails at once may never have come to the provider
                queue.took(took);
            }
        }
        paces.record(delivery, outcome);
        DeliveryOutcome weighed = breakers.record(delivery.channel().code(), outcome);
        return new Attempt(delivery, weighed, clock.instant());
    }
}
