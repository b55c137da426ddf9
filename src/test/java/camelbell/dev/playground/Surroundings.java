package camelbell.dev.playground;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the page.
 *
 * @param hubPort its public port
 * @param mailboxPort of the mailbox's page
 * @param jwtSecret signs tokens that the hub believes
 * @param routes the folder of the route files
 * @param tickets the file in which tickets are kept; null: none is
 */
public record Surroundings(
        int hubPort,
        int mailboxPort,
        String brokers,
        String eventsTopic,
        String jwtSecret,
        Path routes,
        @Nullable Path tickets) {

    String hub() {
        return "http://localhost:" + hubPort;
    }

    @Override
    public String toString() {
        return "hub " + hubPort; // a record's own words would tell the secret
    }
}
