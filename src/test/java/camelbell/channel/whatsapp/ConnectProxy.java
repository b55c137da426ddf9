package camelbell.channel.whatsapp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that connects whoever has the right login, and writes down every line that it could read. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String login;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile String refusal = "";
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "connect-proxy");
        thread.setDaemon(true);
        return thread;
    });

    ConnectProxy(String username, String password) {
        login = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(ISO_8859_1));
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Refuses everybody with this status line's end, such as {@code 403 Forbidden}. */
    void refuse(String status) {
        refusal = status;
    }

    List<String> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            String target = "";
            boolean known = false;
            for (String line = line(client); line != null; line = line(client)) {
                if (!line.isEmpty()) {
                    heard.add(line);
                    target = line.startsWith("CONNECT ") ? line.split(" ", -1)[1] : target;
                    known |= line.equals(login);
                } else if (!refusal.isEmpty() || !known) {
                    say(
                            client,
                            refusal.isEmpty()
                                    ? "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"way out\""
                                    : refusal);
                    known = false;
                } else {
                    try (Socket provider = new Socket(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(target.replaceAll(".*:", "")))) {
                        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                        threads.execute(() -> copy(provider, client));
                        copy(client, provider);
                    }
                    return;
                }
            }
        } catch (IOException gone) {
            // the client, or the provider
        }
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // either side
        }
    }

    /** Byte by byte: what follows belongs to the handshake. */
    private static String line(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
