package camelbell.store;

import static camelbell.model.NotificationStatus.DELIVERED;
import static camelbell.model.NotificationStatus.FAILED;
import static camelbell.model.NotificationStatus.PENDING;
import static camelbell.model.NotificationStatus.READ;
import static camelbell.model.NotificationStatus.SENT;
import static camelbell.model.NotificationStatus.SKIPPED;

import camelbell.model.NotificationStatus;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every way in which a recorded notification moves: from what to what, by whom, and what else changes in the same
 * transaction. Each statement that moves one takes its condition from here, so that none moves what is elsewhere by now.
 */
enum Transition {

    /**
     * An attempt has come to an end that no other follows. The delivery goes; SKIPPED leaves the lists and the counters.
     * {@link NotificationRows#settle}
     */
    SETTLED(Set.of(PENDING), Set.of(SENT, FAILED, SKIPPED)),

    /** A signed receipt proves that an attempt arrived whose outcome was never heard. The delivery goes. {@link ParkedReceipts#adopt} */
    ADOPTED(Set.of(PENDING), Set.of(SENT)),

    /** A provider tells more of a message that was sent: the highest that was ever said is the truth. {@link ReceiptRows#move} */
    TOLD(Set.of(SENT, FAILED, DELIVERED), Set.of(FAILED, DELIVERED, READ)),

    /** An operator wants a failed one tried again. A message of before is replaced, a delivery begins anew. {@link Requeue#failed} */
    RETRIED(Set.of(FAILED), Set.of(PENDING)),

    /** A provider refuses the form of what it had taken. As RETRIED, in the form that it always takes. {@link Requeue#refused} */
    REFUSED(Set.of(SENT), Set.of(PENDING)),

    /** An operator gives up what waits. The delivery goes. {@link DeliveryOrders#cancel} */
    CANCELLED(Set.of(PENDING), Set.of(FAILED)),

    /** The policy table no longer has the channel, and nobody sends what waits. The delivery goes. {@link DeliveryOrders#takeOut} */
    TAKEN_OUT(Set.of(PENDING), Set.of(FAILED));

    private final String from;
    private final String to;

    Transition(Set<NotificationStatus> from, Set<NotificationStatus> to) {
        this.from = listed(from);
        this.to = listed(to);
    }

    /**
     * As a condition of SQL.
     *
     * @param table the name that the statement has for {@code notification_log}
     */
    String from(String table) {
        return table + ".status IN (" + from + ")";
    }

    private static String listed(Set<NotificationStatus> statuses) {
        return statuses.stream().sorted().map(status -> "'" + status + "'").collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name() + " " + from + " to " + to;
    }
}
