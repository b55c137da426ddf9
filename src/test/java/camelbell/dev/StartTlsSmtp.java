package camelbell.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An SMTP server that offers STARTTLS when it has a certificate, and writes down what came in clear and what did not. */
public final class StartTlsSmtp implements AutoCloseable {

    private final ServerSocket server;
    private volatile @Nullable SSLContext tls;
    private final boolean implicit;
    private final List<String> clear = new CopyOnWriteArrayList<>();
    private final List<String> encrypted = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "starttls-smtp");
        thread.setDaemon(true);
        return thread;
    });

    /** Without a context it offers no TLS. */
    public StartTlsSmtp(@Nullable SSLContext tls) {
        this(tls, false);
    }

    /** One that speaks TLS from the first byte. */
    public static StartTlsSmtp implicit(SSLContext tls) {
        return new StartTlsSmtp(tls, true);
    }

    private StartTlsSmtp(@Nullable SSLContext tls, boolean implicit) {
        this.tls = tls;
        this.implicit = implicit;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** From the next connection on; without a context no TLS any more. */
    public void offer(@Nullable SSLContext context) {
        tls = context;
    }

    public boolean isImplicit() {
        return implicit;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Lines that anybody on the way could have read. */
    public List<String> clear() {
        return clear;
    }

    public List<String> encrypted() {
        return encrypted;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        SSLContext context = tls;
        try (socket) {
            if (implicit && context != null) {
                SSLSocket secure = secure(context, socket);
                say(secure, "220 tls ESMTP");
                converse(secure, encrypted, false);
                return;
            }
            say(socket, "220 starttls ESMTP");
            if (converse(socket, clear, context != null) && context != null) {
                SSLSocket secure = secure(context, socket);
                converse(secure, encrypted, false);
            }
        } catch (IOException refused) {
            // by the client, which does not trust us, or has gone
        }
    }

    private static SSLSocket secure(SSLContext context, Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secure.setUseClientMode(false);
        return secure;
    }

    /** True when the client has asked for TLS. */
    private boolean converse(Socket socket, List<String> heard, boolean offersTls) throws IOException {
        // byte by byte: what follows STARTTLS belongs to the handshake
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            String verb = line.toUpperCase(Locale.ROOT).split("[ :]", 2)[0];
            switch (verb) {
                case "EHLO" -> say(socket, "250-starttls" + (offersTls ? "\r\n250-STARTTLS" : "") + "\r\n250 8BITMIME");
                case "STARTTLS" -> {
                    say(socket, "220 go on");
                    return true;
                }
                case "DATA" -> {
                    say(socket, "354 go on");
                    while (!".".equals(line) && line != null) {
                        line = in.readLine();
                        heard.add(String.valueOf(line));
                    }
                    say(socket, "250 taken");
                }
                case "QUIT" -> say(socket, "221 bye");
                default -> say(socket, "250 ok");
            }
        }
        return false;
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
