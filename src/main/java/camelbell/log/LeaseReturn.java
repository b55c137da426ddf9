package camelbell.log;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Gives this node's leases back when it stops, so that nobody waits for them to run out. Stops after the routes. */
@Component
class LeaseReturn implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseReturn.class);

    private final DeliveryRows deliveries;
    private final String node;
    private final Clock clock;
    private volatile boolean running;

    LeaseReturn(DeliveryRows deliveries, Node node, Clock clock) {
        this.deliveries = deliveries;
        this.node = node.name();
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            int given = deliveries.releaseAll(clock.instant());
            LOG.info("leases given back node={} deliveries={}", node, given);
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
