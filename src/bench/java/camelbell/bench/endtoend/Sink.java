package camelbell.bench.endtoend;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that takes everything, a thread for each connection; it costs as little as it can. */
abstract class Sink {

    private final ServerSocket server;
    private final int millis;
    final Tally tally = new Tally();

    /** @param millis that it waits before it says that it has taken a message */
    Sink(int millis) {
        this.millis = millis;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Until the client hangs up. */
    abstract void serve(InputStream in, OutputStream out) throws IOException, InterruptedException;

    void provide() throws InterruptedException {
        if (millis > 0) {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream(), 16_384);
                OutputStream out = new BufferedOutputStream(client.getOutputStream(), 16_384)) {
            serve(in, out);
        } catch (IOException | InterruptedException gone) {
            // the client's business
        }
    }

    private static void daemon(Runnable what) {
        Thread thread = new Thread(what, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    /** Without its end; null at the end of all. */
    static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
