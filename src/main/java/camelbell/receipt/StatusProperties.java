package camelbell.receipt;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changes reach the notification-status topic.
 *
 * @param publishRows rows of the outbox that are published at once, at most
 * @param publishBytes bytes of the outbox, past which no further row is published at once
 */
@ConfigurationProperties("camelbell.status")
record StatusProperties(@DefaultValue("1000") int publishRows, @DefaultValue("524288") int publishBytes) {}
