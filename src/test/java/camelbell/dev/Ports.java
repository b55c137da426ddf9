package camelbell.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
public final class Ports {

    private Ports() {}

    /** A port that is free now. Another process may still take it first; what then fails says so. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback interface", e);
        }
    }

    /** Whether anything on this machine listens there, on whatever address. */
    static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1)) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
