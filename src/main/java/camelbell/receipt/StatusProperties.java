package camelbell.receipt;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changes reach the notification-status topic.
 *
 * @param publishRows rows of the outbox that are published at once, at most
 */
@ConfigurationProperties("camelbell.status")
record StatusProperties(@DefaultValue("20") int publishRows) {}
