package camelbell.status;

import camelbell.model.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changes reach the notification-status topic.
 *
 * @param publishRows rows of the outbox that are published at once, at most
 * @param publishBytes bytes of the outbox, past which no further row is published at once
 *
 * <p>Errors: a limit below 1 ends the start.
 */
@ConfigurationProperties("camelbell.status")
record StatusProperties(@DefaultValue("1000") int publishRows, @DefaultValue("524288") int publishBytes) {

    StatusProperties {
        requirePositive("publish-rows", publishRows);
        requirePositive("publish-bytes", publishBytes);
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new StartRefused("camelbell.status." + key + " is " + value
                    + "; it must be at least 1, or nothing is ever published");
        }
    }
}
