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
 * @param share of its time that a node's clean-up works at most, above 0 and up to 1; it rests for the others
 * @param archive folder of the files that what is old leaves for; empty: it is deleted
 */
@ConfigurationProperties("camelbell.retention")
record RetentionProperties(
        @DefaultValue("0d") Duration notifications,
        @DefaultValue("90d") Duration attempts,
        @DefaultValue("1000") int batch,
        @DefaultValue("0.2") double share,
        @DefaultValue("") String archive) {

    RetentionProperties {
        if (batch < 1) {
            throw new IllegalArgumentException(
                    "camelbell.retention.batch is " + batch + "; it must be 1 or more, such as 1000");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("camelbell.retention.share is " + share
                    + "; it must be above 0 and not above 1, such as 0.2 for a fifth of the time");
        }
    }

    /** Whether what is old leaves for files, instead of being deleted. */
    boolean archived() {
        return !archive.isBlank();
    }
}
