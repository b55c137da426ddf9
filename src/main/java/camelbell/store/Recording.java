package camelbell.store;

import camelbell.model.Dispatch;
import camelbell.model.StatusReport;
import java.util.List;

/**
 * What one batch writes: the rows in the order in which route 30 writes them, and what is handed over after commit.
 *
 * @param outgoing notifications of channels with a provider
 * @param deliveries theirs, of those that are to be sent
 * @param inbox notifications that are delivered by being recorded
 * @param reports what producers are told of the batch
 * @param dispatches one per event and person, only with what this node has leased
 */
public record Recording(
        List<NotificationLogEntry> outgoing,
        List<DeliveryEntry> deliveries,
        List<NotificationLogEntry> inbox,
        List<StatusReport> reports,
        List<Dispatch> dispatches) {

    /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
    @Override
    public int hashCode() {
        return 31 * outgoing.size() + inbox.size();
    }
}
