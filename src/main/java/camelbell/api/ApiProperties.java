package camelbell.api;

import camelbell.model.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the read model behaves.
 *
 * @param queryTimeout longest time of one query; past it the client gets 503
 * @param markSlice rows that marking all changes in one transaction
 * @param countsKept how long a count is remembered while nothing changes; zero: not at all
 */
@ConfigurationProperties("camelbell.api")
record ApiProperties(Duration queryTimeout, int markSlice, @DefaultValue("10s") Duration countsKept) {

    ApiProperties {
        if (markSlice < 1) {
            throw new StartRefused("camelbell.api.mark-slice is " + markSlice + ", it must be 1 or more");
        }
    }
}
