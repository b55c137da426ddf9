package camelbell.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Outstanding work as it is born, written by {@link RecordedRows}. Claims, retries and settling are set-based SQL.
 *
 * @param lease of the node that takes it at once, so that nobody else may have it before that runs out; null: it waits for
 *     whoever has room first
 */
record DeliveryEntry(NotificationLogEntry entry, Instant createdAt, @Nullable Lease lease) {

    static DeliveryEntry leased(NotificationLogEntry entry, Instant now, Lease lease) {
        return new DeliveryEntry(entry, now, lease);
    }

    static DeliveryEntry waiting(NotificationLogEntry entry, Instant now) {
        return new DeliveryEntry(entry, now, null);
    }
}
