package camelbell.channel;

import camelbell.model.AttemptPlaces;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.Suppressions;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last question before an attempt: may it begin? If not, the delivery goes back to the table unharmed. */
@Component("admission")
class Admission {

    private static final Duration WHILE_OTHERS_TRY = Duration.ofSeconds(1);

    private final Suppressions suppressions;
    private final AttemptPlaces places;
    private final LeaseGuard leases;
    private final Breakers breakers;
    private final Paces paces;

    Admission(Suppressions suppressions, AttemptPlaces places, LeaseGuard leases, Breakers breakers, Paces paces) {
        this.suppressions = suppressions;
        this.places = places;
        this.leases = leases;
        this.breakers = breakers;
        this.paces = paces;
    }

    /**
     * How the delivery ends for now, or for good, without an attempt; null when it may begin, and then its outcome has to
     * be told to {@code attempts}. Opt-outs and bounced addresses are looked up first, those of many who wait at once: the answers about place and lease
     * would be old by the time that a slow database has told them.
     *
     * @param longestAttempt as configured, such as {@code 30s}
     */
    public @Nullable DeliveryOutcome refusal(
            @Body Delivery delivery, @ExchangeProperty("longestAttempt") String longestAttempt, Exchange exchange) {
        if (!suppressions.isKnown(delivery.recipient())) {
            suppressions.expect(TurnQueues.recipients(delivery, exchange));
        }
        String suppressed = suppressions.reason(delivery.recipient(), delivery.channel());
        NotBegun notNow = notNow(delivery, longestAttempt);
        if (notNow == null && suppressed != null) {
            return new Skipped(suppressed);
        }
        return notNow;
    }

    /** Waits for a place; the lease is looked at afterwards, so that it is good now. */
    private @Nullable NotBegun notNow(Delivery delivery, String longestAttempt) {
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
