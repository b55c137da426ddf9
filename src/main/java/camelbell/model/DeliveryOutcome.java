package camelbell.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt to deliver ended. Outcomes are values; exceptions are for what stops the flow. */
public sealed interface DeliveryOutcome {

    /**
     * The provider accepted it.
     *
     * @param providerId the provider's name for the message (Message-ID, wamid), for receipts
     */
    record Sent(@Nullable String providerId) implements DeliveryOutcome {}

    /**
     * Not this time, for a reason of this message or person: tried again as the channel's retry schedule says.
     *
     * @param notBefore the wait that the provider asked for, or null
     * @param most attempts of the delivery altogether after which this failure is its end, where that is earlier than the
     *     schedule's
     */
    record FailedForNow(String reason, @Nullable Duration notBefore, int most) implements DeliveryOutcome {

        /** As often as the schedule says. */
        public FailedForNow(String reason, @Nullable Duration notBefore) {
            this(reason, notBefore, Integer.MAX_VALUE);
        }
    }

    /**
     * The provider is away or overloaded: tried again, beyond the schedule's end too, until it is too old. Enough of these open the channel's breaker.
     *
     * @param notBefore the wait that the provider asked for, or null
     */
    record Unavailable(String reason, @Nullable Duration notBefore) implements DeliveryOutcome {}

    /**
     * The provider wants less of the whole channel: as {@link Unavailable}, and the channel goes slower.
     *
     * @param notBefore the wait that the provider asked for, or null
     */
    record Slowed(String reason, @Nullable Duration notBefore) implements DeliveryOutcome {}

    /**
     * The provider wants less for this person: tried again until it is too old, and so long nothing else goes to this
     * person over this channel. It says nothing of the channel.
     *
     * @param notBefore the wait that the provider asked for, or null
     */
    record Throttled(String reason, @Nullable Duration notBefore) implements DeliveryOutcome {}

    /** The channel is closed to us until a person acts (login, token, payment): no fault of the delivery, no attempt. */
    record Stopped(String reason) implements DeliveryOutcome {}

    /** It may have arrived: sent again at most as often as the retry policy allows, and counted. */
    record Unknown(String reason) implements DeliveryOutcome {}

    /** Nothing was sent (breaker open, lease nearly over, hub stopping): back to the table, no attempt. */
    record NotBegun(String reason, Duration pause) implements DeliveryOutcome {}

    /**
     * Never: trying again cannot help.
     *
     * @param deadAddress true when the provider says that there is nobody at the address
     */
    record FailedForGood(String reason, boolean deadAddress) implements DeliveryOutcome {

        public FailedForGood(String reason) {
            this(reason, false);
        }
    }

    /** Not to be sent after all, such as an address that was withdrawn since. */
    record Skipped(String reason) implements DeliveryOutcome {}
}
