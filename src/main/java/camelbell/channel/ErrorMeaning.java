package camelbell.channel;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForNow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What routes/retries.yaml says of one error.
 *
 * @param most attempts of a delivery after which a transient error is its end; {@link #AS_SCHEDULED} where the entry
 *     has no {@code attempts}
 */
record ErrorMeaning(ErrorClass errorClass, int most) {

    /** The schedule alone decides. */
    static final int AS_SCHEDULED = Integer.MAX_VALUE;

    /** For what stands nowhere in the file. */
    static final ErrorMeaning UNLISTED = new ErrorMeaning(ErrorClass.TRANSIENT, AS_SCHEDULED);

    DeliveryOutcome outcome(String reason, @Nullable Duration notBefore) {
        return errorClass == ErrorClass.TRANSIENT
                ? new FailedForNow(reason, notBefore, most)
                : errorClass.outcome(reason, notBefore);
    }
}
