package camelbell.channel;

import camelbell.model.Delivery;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/** Keeps a node from sending what may no longer be its own by the time the provider answers. */
@Component("leaseGuard")
class LeaseGuard {

    private final Clock clock;

    /** Errors: an attempt that may outlast every lease would give everything back, so it stops the start. */
    LeaseGuard(
            ObjectProvider<Clock> clock,
            @Value("${camelbell.delivery.lease}") Duration lease,
            MailProperties mail,
            WhatsAppProperties whatsApp) {
        this.clock = clock.getIfAvailable(Clock::systemUTC);
        mustFit("camelbell.mail.attempt-timeout", mail.attemptTimeout(), lease);
        mustFit("camelbell.whatsapp.attempt-timeout", whatsApp.attemptTimeout(), lease);
    }

    /**
     * True when what is left of the lease does not cover the channel's longest attempt.
     *
     * @param longestAttempt as configured, such as {@code 30s}
     */
    public boolean isTooShort(Delivery delivery, String longestAttempt) {
        return clock.instant()
                .plus(DurationStyle.detectAndParse(longestAttempt))
                .isAfter(delivery.leasedUntil());
    }

    private static void mustFit(String key, Duration attempt, Duration lease) {
        if (attempt.compareTo(lease) >= 0) {
            throw new IllegalArgumentException(key + " is " + attempt + ", camelbell.delivery.lease " + lease
                    + "; the lease must be longer, or no delivery is ever begun");
        }
    }
}
