package camelbell.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outstanding work is held.
 *
 * @param lease how long a delivery belongs to the node that took it
 * @param inMemory deliveries of one channel that a node holds in memory at most; the rest waits in the table
 * @param unwritten attempts of one channel that may be begun and not yet written down
 */
@ConfigurationProperties("camelbell.delivery")
record DeliveryProperties(
        @DefaultValue("60s") Duration lease, @DefaultValue("4000") int inMemory, @DefaultValue("100") int unwritten) {

    DeliveryProperties {
        if (unwritten < 1) {
            throw new IllegalArgumentException("camelbell.delivery.unwritten is " + unwritten
                    + "; it must be at least 1, or no attempt ever begins");
        }
    }
}
