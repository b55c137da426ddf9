package camelbell.store;

import camelbell.model.Budget;
import java.time.Clock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gives this node's leases back when it stops, so that nobody waits for them to run out. Stops after the routes. An attempt
 * that is still under way by then, because its provider hangs, keeps its lease: whoever took it up at once would send it
 * twice, and a receipt may still say that it has arrived.
 */
@Component
class LeaseReturn implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseReturn.class);

    private final DeliveryRows deliveries;
    private final String node;
    private final Clock clock;
    private final UnwrittenOutcomes unwritten;
    private final HeldOutcomes held;
    private volatile boolean running;

    LeaseReturn(DeliveryRows deliveries, Node node, Clock clock, UnwrittenOutcomes unwritten, HeldOutcomes held) {
        this.deliveries = deliveries;
        this.node = node.name();
        this.clock = clock;
        this.unwritten = unwritten;
        this.held = held;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            Budget.WORK.run(held::giveUp);
            Set<Long> underWay = unwritten.notifications();
            int given = Budget.WORK.get(() -> deliveries.releaseAll(clock.instant(), underWay));
            LOG.info("leases given back node={} deliveries={} under-way={}", node, given, underWay.size());
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("leases not given back node={}: {}; they run out by themselves", node, e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Below the routes' phase: lower phases stop later. */
    @Override
    public int getPhase() {
        return 0;
    }
}
