package camelbell.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long finished work is kept; zero: for ever.
 *
 * @param notifications rows of the notification log, from when they were recorded
 * @param attempts what stands in the log of attempts
 * @param batch rows that one transaction deletes at most
 */
@ConfigurationProperties("camelbell.retention")
record RetentionProperties(
        @DefaultValue("0d") Duration notifications,
        @DefaultValue("90d") Duration attempts,
        @DefaultValue("1000") int batch) {}
