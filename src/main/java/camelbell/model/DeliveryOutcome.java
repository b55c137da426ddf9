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
     * Not this time: it is tried again as the channel's retry schedule says.
     *
     * @param notBefore the wait that the provider asked for, or null
     */
    record FailedForNow(String reason, @Nullable Duration notBefore) implements DeliveryOutcome {}

    /** Never: trying again cannot help. */
    record FailedForGood(String reason) implements DeliveryOutcome {}

    /** Not to be sent after all, such as an address that was withdrawn since. */
    record Skipped(String reason) implements DeliveryOutcome {}
}
