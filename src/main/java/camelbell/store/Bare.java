package camelbell.store;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;

/** What an outcome means, without what a provider said. */
final class Bare {

    static final String REASON = "REASON NOT STORABLE";

    private Bare() {}

    /** Receipts find the notification of a message without an id by what they echo. */
    static DeliveryOutcome of(DeliveryOutcome outcome) {
        if (outcome instanceof Sent) {
            return new Sent(null);
        } else if (outcome instanceof FailedForGood) {
            return new FailedForGood(REASON);
        } else if (outcome instanceof FailedForNow failed) {
            return new FailedForNow(REASON, failed.notBefore(), failed.most());
        } else if (outcome instanceof Skipped) {
            return new Skipped(REASON);
        } else if (outcome instanceof Unavailable away) {
            return new Unavailable(REASON, away.notBefore());
        } else if (outcome instanceof Slowed slowed) {
            return new Slowed(REASON, slowed.notBefore());
        } else if (outcome instanceof Throttled throttled) {
            return new Throttled(REASON, throttled.notBefore());
        } else if (outcome instanceof Stopped) {
            return new Stopped(REASON);
        } else if (outcome instanceof Unknown) {
            return new Unknown(REASON);
        }
        return outcome;
    }
}
