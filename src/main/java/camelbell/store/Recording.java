package camelbell.store;

import camelbell.model.Dispatch;
import camelbell.model.StatusReport;
import java.util.List;

/**
 * What one batch writes: the rows in the order in which route 30 persists them, and what is handed over after commit.
 *
 * @param outgoing notifications of channels with a provider, then their deliveries
 * @param inbox notifications that are delivered by being recorded
 * @param reports what producers are told of the batch
 * @param dispatches one per event and person, only with what this node has leased
 */
public record Recording(
        List<Object> outgoing, List<Object> inbox, List<StatusReport> reports, List<Dispatch> dispatches) {}
