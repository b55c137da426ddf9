package camelbell.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outstanding work is held.
 *
 * @param lease how long a delivery belongs to the node that took it
 * @param inMemory deliveries of one channel that a node holds in memory at most; the rest waits in the table
 */
@ConfigurationProperties("camelbell.delivery")
record DeliveryProperties(@DefaultValue("60s") Duration lease, @DefaultValue("4000") int inMemory) {}
