package camelbell.model;

import org.jspecify.annotations.Nullable;

/**
 * What a provider says of one message.
 *
 * @param channel code of the channel that the message went over
 * @param providerId the provider's name for the message (wamid, Message-ID)
 * @param notification the notification as we had it echoed, null when the receipt does not say
 * @param status SENT, DELIVERED, READ or FAILED
 * @param reason code of a failure
 */
public record Receipt(
        String channel,
        String providerId,
        @Nullable Long notification,
        NotificationStatus status,
        @Nullable String reason) {

    /**
     * Statuses in the order in which they are believed: the highest that was ever said is the truth, whatever came first.
     * A delivery outranks a failure, because Meta may report both and the message is on the phone.
     */
    public static int rank(NotificationStatus status) {
        return switch (status) {
            case PENDING -> 0;
            case SENT -> 1;
            case FAILED -> 2;
            case DELIVERED -> 3;
            case READ -> 4;
            case SKIPPED -> Integer.MAX_VALUE; // never sent, so nothing can be heard of it
        };
    }

    /** True when the message is on the person's phone. */
    public boolean provesArrival() {
        return rank() > rank(NotificationStatus.FAILED);
    }

    public int rank() {
        return rank(status);
    }
}
