package camelbell.runtime.http;

import camelbell.model.StartRefused;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many REST requests are worked on at once by one node.
 *
 * @param perPerson of one user
 * @param waiting of one user beyond those, until one of theirs has ended
 * @param inAll of all users
 * @param patience longest wait for a turn
 */
@ConfigurationProperties("camelbell.http.turns")
record TurnProperties(
        @DefaultValue("8") int perPerson,
        @DefaultValue("16") int waiting,
        @DefaultValue("24") int inAll,
        @DefaultValue("2s") Duration patience) {

    TurnProperties {
        for (int number : List.of(perPerson, inAll)) {
            if (number < 1) {
                throw new StartRefused(
                        "camelbell.http.turns has a bound of " + number + ": per-person and in-all need 1 or more.");
            }
        }
    }
}
