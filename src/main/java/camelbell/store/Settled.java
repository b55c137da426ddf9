package camelbell.store;

import camelbell.model.NotificationStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The end of one delivery. */
record Settled(
        long notification,
        NotificationStatus status,
        @Nullable String reason,
        @Nullable String providerId,
        @Nullable Instant sentAt)
        implements Next {

    boolean skipped() {
        return status == NotificationStatus.SKIPPED;
    }
}
