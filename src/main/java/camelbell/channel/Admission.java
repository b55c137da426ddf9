package camelbell.channel;

import camelbell.model.AttemptPlaces;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.NotBegun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last question before an attempt: may it begin? If not, the delivery goes back to the table unharmed. */
@Component("admission")
class Admission {

    private static final Duration WHILE_OTHERS_TRY = Duration.ofSeconds(1);

    private final AttemptPlaces places;
    private final LeaseGuard leases;
    private final Breakers breakers;
    private final Paces paces;

    Admission(AttemptPlaces places, LeaseGuard leases, Breakers breakers, Paces paces) {
        this.places = places;
        this.leases = leases;
        this.breakers = breakers;
        this.paces = paces;
    }

    /**
     * Why the attempt may not begin, or null when it may; then its outcome has to be told to {@code attempts}. Waits
     * for a place; the lease is looked at afterwards, so that it is good now.
     *
     * @param longestAttempt as configured, such as {@code 30s}
     */
    public @Nullable NotBegun refusal(Delivery delivery, String longestAttempt) {
        if (breakers.stopping() || !places.take(delivery)) {
            return new NotBegun("HUB STOPS", Duration.ZERO);
        }
        if (leases.isTooShort(delivery, longestAttempt)) {
            return new NotBegun("LEASE NEARLY OVER", WHILE_OTHERS_TRY);
        }
        String channel = delivery.channel().code();
        Duration pause = paces.of(channel).pause();
        if (!pause.isZero()) {
            return new NotBegun("CHANNEL SLOWED", pause);
        }
        if (!breakers.permits(channel)) {
            return new NotBegun("BREAKER OPEN", WHILE_OTHERS_TRY);
        }
        Duration turn = paces.waitFor(delivery);
        if (turn.isZero()) {
            return null;
        }
        breakers.release(channel);
        return new NotBegun("RECIPIENT PACED", turn);
    }
}
