package camelbell.log;

import camelbell.model.Delivery;
import java.time.Instant;

/**
 * A delivery that goes back to the table.
 *
 * @param attempt of the claim under which it was held: a later claim of somebody else's is not touched
 * @param counts true when an attempt was made, so that the schedule goes on
 * @param unknown true when that attempt may have arrived
 */
record Postponed(long notification, int attempt, Instant dueAt, boolean counts, boolean unknown) implements Next {

    static Postponed of(Delivery delivery, Instant dueAt) {
        return new Postponed(delivery.notificationId(), delivery.attempt(), dueAt, true, false);
    }

    Postponed uncounted() {
        return new Postponed(notification, attempt, dueAt, false, unknown);
    }

    Postponed mayHaveArrived() {
        return new Postponed(notification, attempt, dueAt, counts, true);
    }
}
