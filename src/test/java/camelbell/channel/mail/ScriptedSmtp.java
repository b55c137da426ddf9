package camelbell.channel.mail;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMTP server that takes everything unless told otherwise, command by command: a reply of its own, {@link #SILENCE},
 * {@link #HANG_UP}, {@link #DRIP} (a byte at a time, for ever), or {@link #STOP_READING} (its usual reply, then nothing
 * that comes is read any more). The end of the data is the command {@code .}.
 */
public final class ScriptedSmtp implements AutoCloseable {

    public static final String SILENCE = "silence";
    public static final String HANG_UP = "hang up";
    public static final String DRIP = "drip";
    public static final String STOP_READING = "stop reading";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted-smtp");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> envelopes = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final boolean keep;

    public ScriptedSmtp(boolean keep) {
        this.keep = keep;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void answer(String command, String reply) {
        replies.put(command, reply);
    }

    /** Takes back what {@link #answer} said of this command. */
    public void usual(String command) {
        replies.remove(command);
    }

    public void reset() {
        replies.clear();
        messages.clear();
        envelopes.clear();
    }

    public void hangUp() {
        open.forEach(ScriptedSmtp::quietly);
        open.clear();
    }

    /** Whole messages as they came over the wire, those that were refused at their end left out. */
    public List<String> messages() {
        return messages;
    }

    /** The commands MAIL and RCPT as they came, whether they were taken or not. */
    List<String> envelopes() {
        return envelopes;
    }

    /** The addresses in the RCPT commands. */
    List<String> recipients() {
        return envelopes.stream()
                .filter(line -> line.startsWith("RCPT"))
                .map(line -> line.substring(line.indexOf('<') + 1, line.lastIndexOf('>')))
                .toList();
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
        threads.shutdownNow();
        try {
            // until the listener is gone, a connection may still be let in
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            boolean goOn = reply(out, "HELLO", "220 scripted ESMTP");
            while (goOn) {
                String line = in.readLine();
                goOn = line != null && command(line, in, out);
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone, or the test is over
        }
    }

    private boolean command(String line, BufferedReader in, OutputStream out) throws IOException, InterruptedException {
        String verb = line.toUpperCase(Locale.ROOT).split("[ :]", 2)[0];
        if (keep && (verb.equals("MAIL") || verb.equals("RCPT"))) {
            envelopes.add(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
        return switch (verb) {
            case "QUIT" -> false;
            case "EHLO" -> reply(out, verb, "250-scripted\r\n250 ENHANCEDSTATUSCODES");
            case "DATA" -> reply(out, verb, "354 go on") && (replies.containsKey(verb) || data(in, out));
            default -> reply(out, verb, "250 2.0.0 ok");
        };
    }

    private boolean data(BufferedReader in, OutputStream out) throws IOException, InterruptedException {
        StringBuilder message = new StringBuilder();
        String line = in.readLine();
        for (; line != null && !line.equals("."); line = in.readLine()) {
            if (keep) {
                message.append(line).append("\r\n");
            }
        }
        if (line == null) {
            return false; // the client has vanished in mid-sentence: no message
        }
        if (keep && !isRefusal(replies.getOrDefault(".", ""))) {
            messages.add(message.toString());
        }
        return reply(out, ".", "250 2.0.0 taken");
    }

    private static boolean isRefusal(String reply) {
        return reply.startsWith("4") || reply.startsWith("5");
    }

    private boolean reply(OutputStream out, String command, String usual) throws IOException, InterruptedException {
        String reply = replies.getOrDefault(command, usual);
        if (reply.equals(DRIP)) {
            drip(out);
        }
        if (!reply.equals(SILENCE) && !reply.equals(HANG_UP)) {
            String said = reply.equals(STOP_READING) ? usual : reply;
            out.write((said + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        if (reply.equals(STOP_READING)) {
            new CountDownLatch(1).await(); // until the server is closed
        }
        return !reply.equals(HANG_UP);
    }

    private static void drip(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.write('2');
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }
}
