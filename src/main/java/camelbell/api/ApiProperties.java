package camelbell.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the read model behaves.
 *
 * @param queryTimeout longest time of one query; past it the client gets 503
 * @param markSlice rows that marking all changes in one transaction
 */
@ConfigurationProperties("camelbell.api")
record ApiProperties(Duration queryTimeout, int markSlice) {

    ApiProperties {
        if (markSlice < 1) {
            throw new IllegalArgumentException("camelbell.api.mark-slice is " + markSlice + ", it must be 1 or more");
        }
    }
}
