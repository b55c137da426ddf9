package camelbell.store;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Begins the rows of a transaction: numbers for them, and a lease for what this node hands over itself. */
@Component
class Composition {

    private final NumberBlocks numbers;
    private final ChannelCapacity capacity;
    private final DeliveryProperties properties;
    private final String node;

    Composition(NumberBlocks numbers, ChannelCapacity capacity, DeliveryProperties properties, Node node) {
        this.numbers = numbers;
        this.capacity = capacity;
        this.properties = properties;
        this.node = node.name();
    }

    /** For up to so many notices. Places in memory that are taken are given back when the transaction rolls back. */
    Composer begin(int notices, Instant now) {
        Composer composer = new Composer(
                numbers.take("notification_id", notices), capacity, new Lease(node, now.plus(properties.lease())));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    composer.giveBack();
                }
            }
        });
        return composer;
    }
}
