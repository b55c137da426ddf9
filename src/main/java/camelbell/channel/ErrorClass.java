package camelbell.channel;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an error means. The names stand in routes/retries.yaml, in lower case with dashes, with what belongs to each. */
enum ErrorClass {
    /** This message, not now. */
    TRANSIENT,
    /** This person, not now: says nothing of the channel. */
    THROTTLE_RECIPIENT,
    /** The provider is away or overloaded. */
    UNAVAILABLE,
    /** The provider wants less from us altogether. */
    SLOW_CHANNEL,
    /** The provider will take nothing from us until a person acts. */
    STOP_CHANNEL,
    /** The message may have arrived. */
    UNKNOWN,
    /** This message, never. */
    PERMANENT;

    static ErrorClass named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    DeliveryOutcome outcome(String reason, @Nullable Duration notBefore) {
        return switch (this) {
            case TRANSIENT -> new FailedForNow(reason, notBefore);
            case THROTTLE_RECIPIENT -> new Throttled(reason, notBefore);
            case UNAVAILABLE -> new Unavailable(reason, notBefore);
            case SLOW_CHANNEL -> new Slowed(reason, notBefore);
            case STOP_CHANNEL -> new Stopped(reason);
            case UNKNOWN -> new Unknown(reason);
            case PERMANENT -> new FailedForGood(reason);
        };
    }
}
