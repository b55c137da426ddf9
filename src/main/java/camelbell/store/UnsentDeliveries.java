package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.Directory;
import camelbell.model.Dispatch;
import camelbell.model.Policy;
import camelbell.model.QuietLook;
import camelbell.model.StopSignal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/**
 * Takes work that waits in the table: what found no room, what is to be tried again, what a crashed node left behind.
 * The claim is one short transaction ({@code FOR UPDATE SKIP LOCKED}); nothing is sent inside it.
 */
@Component("unsentDeliveries")
class UnsentDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(UnsentDeliveries.class);

    private static final int MOST_AT_ONCE = 1000;

    private final DeliveryRows rows;
    private final UnwrittenOutcomes unwritten;
    private final ChannelCapacity capacity;
    private final Current<Policy> policy;
    private final Directory directory;
    private final DeliveryProperties properties;
    private final String node;
    private final Clock clock;
    private final QuietLook look = new QuietLook();

    UnsentDeliveries(
            DeliveryRows rows,
            UnwrittenOutcomes unwritten,
            ChannelCapacity capacity,
            Current<Policy> policy,
            Directory directory,
            DeliveryProperties properties,
            Node node,
            Clock clock,
            StopSignal stop) {
        this.rows = rows;
        this.unwritten = unwritten;
        this.capacity = capacity;
        this.policy = policy;
        this.directory = directory;
        this.properties = properties;
        this.node = node.name();
        this.clock = clock;
        capacity.whenWorkWaits(look::busy);
        stop.onStop(look::end);
    }

    /**
     * Claims as much due work of each channel as there is room for, the longest due first. What is claimed when the
     * database fails at another channel is handed over all the same: it holds leases, and places in memory. While this node
     * knows of nothing that waits, a call takes up to a second ({@link QuietLook}).
     */
    public List<Dispatch> claim() throws InterruptedException {
        if (capacity.hasBacklog()) {
            look.busy();
        }
        if (!look.await()) {
            return List.of();
        }
        List<Dispatch> dispatches = claimAll();
        if (!dispatches.isEmpty()) {
            look.busy();
        }
        return dispatches;
    }

    private List<Dispatch> claimAll() {
        List<Dispatch> dispatches = new ArrayList<>();
        for (Channel channel : policy.now().channels().values()) {
            try {
                if (!channel.inbox()) {
                    dispatches.addAll(claim(channel));
                }
            } catch (RuntimeException e) { // whatever it is: what is claimed of the others would be sent by nobody
                if (dispatches.isEmpty()) {
                    throw e;
                }
                LOG.warn(
                        "waiting work not claimed channel={}: {}; it is tried again",
                        channel.code(),
                        e instanceof NestedRuntimeException
                                ? e.getMessage()
                                : e.getClass().getName()); // others may quote people
                break;
            }
        }
        return dispatches;
    }

    private Collection<Dispatch> claim(Channel channel) {
        int wanted = capacity.takeForWaiting(channel, MOST_AT_ONCE);
        int claimed = 0;
        try {
            Instant now = clock.instant();
            List<Delivery> deliveries = wanted == 0
                    ? List.of()
                    : rows.claim(
                            channel,
                            new Lease(node, now.plus(properties.lease())),
                            now,
                            wanted,
                            unwritten.notifications(),
                            directory);
            claimed = deliveries.size();
            if (wanted > 0) {
                capacity.backlog(channel, claimed == wanted);
            }
            return perPersonAndEvent(deliveries);
        } finally {
            capacity.giveBackUnused(channel.code(), wanted - claimed);
        }
    }

    private static Collection<Dispatch> perPersonAndEvent(List<Delivery> deliveries) {
        // one channel at a time, so each delivery is a dispatch of its own
        return deliveries.stream()
                .map(delivery -> new Dispatch(List.of(delivery)))
                .toList();
    }
}
