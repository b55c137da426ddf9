package camelbell.runtime.http;

import camelbell.model.StartRefused;
import camelbell.model.TakenPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Says that the public port is taken before anything else has started. It is opened last, when the routes are up; a
 * consumer that had joined its group by then would have to leave it again.
 */
final class PublicPort {

    private PublicPort() {}

    /** Errors: {@link StartRefused} with the key that moves the hub elsewhere. Port 0 is always free. */
    static void check(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("0.0.0.0", port));
        } catch (IOException taken) {
            throw refusal(port, taken);
        }
    }

    static StartRefused refusal(int port, Throwable cause) {
        return new StartRefused(
                "Port " + port + " is taken by another process" + TakenPort.holder(port)
                        + " Stop that one, or set camelbell.http.port to a free port.",
                cause);
    }
}
