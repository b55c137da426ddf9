package camelbell.log;

import camelbell.model.Plan;
import camelbell.model.Portion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The first half of recording a batch: which events are new, and which rows they become. */
@Component("notificationLog")
class NotificationLog {

    private final TicketEventRows events;
    private final NumberBlocks numbers;
    private final Room room;
    private final DeliveryProperties properties;
    private final String node;
    private final Clock clock;

    NotificationLog(
            TicketEventRows events,
            NumberBlocks numbers,
            Room room,
            DeliveryProperties properties,
            Node node,
            Clock clock) {
        this.events = events;
        this.numbers = numbers;
        this.room = room;
        this.properties = properties;
        this.node = node.name();
        this.clock = clock;
    }

    /**
     * Stores the events that are new, in the caller's transaction, and composes their rows. A duplicate event becomes
     * nothing: it sends nothing and fails nobody. Places in memory that were taken are given back when the transaction
     * rolls back.
     */
    public Recording admit(Portion portion) {
        List<Plan> plans = portion.plans();
        Instant now = clock.instant();
        PrimitiveIterator.OfLong keys = numbers.take("ticket_event_id", plans.size());
        long[] eventKeys = plans.stream().mapToLong(plan -> keys.nextLong()).toArray();
        Set<Long> admitted = events.insertNew(plans, eventKeys, now);
        int notices = plans.stream().mapToInt(plan -> plan.notices().size()).sum();
        Composer composer = new Composer(
                numbers.take("notification_id", notices), room, new Lease(node, now.plus(properties.lease())));
        for (int i = 0; i < eventKeys.length; i++) {
            Instant at = now.plusNanos(i * 1000L); // a microsecond apart: keeps their order
            if (admitted.contains(eventKeys[i])) {
                composer.add(eventKeys[i], plans.get(i), at);
            } else {
                composer.duplicate(plans.get(i), at);
            }
        }
        releaseOnRollback(composer);
        return composer.recording();
    }

    private static void releaseOnRollback(Composer composer) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    composer.giveBack();
                }
            }
        });
    }
}
