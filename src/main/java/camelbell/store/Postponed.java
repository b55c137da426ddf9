package camelbell.store;

import camelbell.model.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that goes back to the table.
 *
 * @param attempt of the claim under which it was held: a later claim of somebody else's is not touched
 * @param counts true when an attempt was made, so that the schedule goes on
 * @param unknown true when that attempt may have arrived
 * @param held why no attempt was made; null when one was
 */
record Postponed(long notification, int attempt, Instant dueAt, boolean counts, boolean unknown, @Nullable String held)
        implements Next {

    static Postponed of(Delivery delivery, Instant dueAt) {
        return new Postponed(delivery.notificationId(), delivery.attempt(), dueAt, true, false, null);
    }

    Postponed uncounted(String why) {
        return new Postponed(notification, attempt, dueAt, false, unknown, why);
    }

    Postponed mayHaveArrived() {
        return new Postponed(notification, attempt, dueAt, counts, true, held);
    }
}
