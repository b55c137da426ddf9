package camelbell.runtime.http;

import camelbell.runtime.Reason;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real request to the public port, from this host. Any answer is one, also 429 or 503, and so is a connection that is closed
 * at once, as one too many is: whoever does that lives.
 */
record Loopback(int port, Duration patience) {

    private static final byte[] REQUEST = "HEAD /health-probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    /** Why there was no answer; null: there was one. */
    @Nullable
    String failure() {
        int millis = (int) patience.toMillis();
        try (Socket socket = new Socket()) {
            bind(socket);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            return answer(socket);
        } catch (SocketTimeoutException e) {
            return "port " + port + " has not taken a connection within " + patience.toMillis() + " ms";
        } catch (IOException e) {
            if (isReset(e)) {
                return null;
            }
            return "port " + port + " takes no connections: " + Reason.of(e);
        }
    }

    /** It was taken, and closed before connecting had ended. A connection that nobody takes is a ConnectException. */
    private static boolean isReset(IOException e) {
        return e.getClass() == SocketException.class
                && String.valueOf(e.getMessage()).contains("reset");
    }

    /** From an address of its own, so that it uses up nothing of what others on this host may do. */
    private static void bind(Socket socket) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
        } catch (BindException none) {
            // not every system has it
        }
    }

    private @Nullable String answer(Socket socket) {
        try {
            socket.getOutputStream().write(REQUEST);
            int unused = socket.getInputStream().read();
            return null;
        } catch (SocketTimeoutException e) {
            return "port " + port + " has not answered within " + patience.toMillis() + " ms";
        } catch (IOException closed) {
            return null;
        }
    }
}
