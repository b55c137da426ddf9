package camelbell.store;

import camelbell.model.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outstanding work is held.
 *
 * @param lease how long a delivery belongs to the node that took it
 * @param inMemory deliveries of one channel that a node holds in memory at most; the rest waits in the table
 * @param unwritten attempts of one channel that may be begun and not yet written down
 * @param rowsPerTransaction notifications that one transaction writes, about
 * @param lockWait how long a recording waits for a lock before it does without
 * @param removedAfter how long what goes over a channel that the policy table does not have must have been due before it fails
 */
@ConfigurationProperties("camelbell.delivery")
record DeliveryProperties(
        @DefaultValue("60s") Duration lease,
        @DefaultValue("4000") int inMemory,
        @DefaultValue("100") int unwritten,
        @DefaultValue("5000") int rowsPerTransaction,
        @DefaultValue("2s") Duration lockWait,
        @DefaultValue("10m") Duration removedAfter) {

    DeliveryProperties {
        if (unwritten < 1) {
            throw new StartRefused("camelbell.delivery.unwritten is " + unwritten
                    + "; it must be at least 1, or no attempt ever begins");
        }
        if (rowsPerTransaction < 1) {
            throw new StartRefused("camelbell.delivery.rows-per-transaction is " + rowsPerTransaction
                    + "; it must be at least 1, or nothing is ever recorded");
        }
        if (lockWait.toMillis() < 1) {
            throw new StartRefused("camelbell.delivery.lock-wait is " + lockWait
                    + "; it must be at least 1ms: PostgreSQL takes 0 for waiting without end");
        }
    }
}
