package camelbell.runtime.http;

import camelbell.model.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much of memory the public port may take, whoever calls. Errors: {@link StartRefused} for a value that cannot be
 * meant.
 *
 * @param bodies bytes of request bodies under /webhooks/ that are read or worked on, in all
 * @param bodiesPerAddress bytes of those of one address
 * @param apiBodies bytes of all other request bodies that are read or worked on, in all
 * @param apiBodiesPerAddress bytes of those of one address
 * @param answers bytes of answers that are made or that clients have still to take
 * @param writeTimeout longest time for a client to take its answer, or the next 64 KB of it
 * @param connections connections in all
 * @param connectionsPerAddress connections of one address; behind a trusted proxy, requests under way and sockets
 * @param newConnections connections that have not been answered with success yet
 */
@ConfigurationProperties("camelbell.http")
record HttpLimits(
        DataSize bodies,
        DataSize bodiesPerAddress,
        DataSize apiBodies,
        DataSize apiBodiesPerAddress,
        DataSize answers,
        Duration writeTimeout,
        int connections,
        int connectionsPerAddress,
        int newConnections) {

    HttpLimits {
        atLeastOne(bodies.toBytes(), "bodies");
        atLeastOne(bodiesPerAddress.toBytes(), "bodies-per-address");
        atLeastOne(apiBodies.toBytes(), "api-bodies");
        atLeastOne(apiBodiesPerAddress.toBytes(), "api-bodies-per-address");
        atLeastOne(answers.toBytes(), "answers");
        atLeastOne(writeTimeout.toMillis(), "write-timeout");
        atLeastOne(connections, "connections");
        atLeastOne(connectionsPerAddress, "connections-per-address");
        atLeastOne(newConnections, "new-connections");
    }

    private static void atLeastOne(long found, String key) {
        if (found < 1) {
            throw new StartRefused(
                    "camelbell.http." + key + " is " + found + ": nobody could be served; set it to 1 or more.");
        }
    }
}
