package camelbell.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A mail relay and a WhatsApp gateway that take everything, in a process of their own, so that what they cost is not the
 * hub's. Each answers a message so many milliseconds after it came, as one far away would; a thread stands behind each
 * connection. A line on standard output names the ports; each line on standard input is answered with what was taken, two
 * numbers.
 *
 * <p>Arguments: milliseconds a mail, milliseconds a WhatsApp message.
 */
public final class Providers {

    private static final byte[] BANNER = ascii("220 bench ESMTP\r\n");
    private static final byte[] FEATURES = ascii("250-bench\r\n250 ENHANCEDSTATUSCODES\r\n");
    private static final byte[] GO_ON = ascii("354 go on\r\n");
    private static final byte[] OK = ascii("250 2.0.0 ok\r\n");
    private static final byte[] END = ascii("\r\n.\r\n");

    private static final AtomicLong MAILS = new AtomicLong();
    private static final AtomicLong MESSAGES = new AtomicLong();

    private Providers() {}

    public static void main(String[] arguments) throws IOException {
        long mailTakes = Long.parseLong(arguments[0]);
        long messageTakes = Long.parseLong(arguments[1]);
        int smtp = listen((in, out) -> mail(in, out, mailTakes));
        int http = listen((in, out) -> messages(in, out, messageTakes));
        System.out.println(smtp + " " + http);
        while (System.in.read() >= 0) {
            System.out.println(MAILS + " " + MESSAGES);
        }
        System.exit(0);
    }

    /** What is said on one connection, until the client goes. */
    private interface Conversation {
        void hold(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private static int listen(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        begin(() -> {
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                begin(() -> {
                    try (client) {
                        conversation.hold(
                                new BufferedInputStream(client.getInputStream(), 16 * 1024), client.getOutputStream());
                    }
                });
            }
        });
        return server.getLocalPort();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException gone) {
                // the client has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void mail(InputStream in, OutputStream out, long takes) throws IOException, InterruptedException {
        out.write(BANNER);
        for (String line = line(in); line != null; line = line(in)) {
            switch (line.length() < 4 ? "" : line.substring(0, 4).toUpperCase(Locale.ROOT)) {
                case "EHLO" -> out.write(FEATURES);
                case "DATA" -> {
                    out.write(GO_ON);
                    if (!skipTo(END, in)) {
                        return;
                    }
                    pause(takes);
                    MAILS.incrementAndGet();
                    out.write(OK);
                }
                default -> out.write(OK);
            }
        }
    }

    private static boolean skipTo(byte[] end, InputStream in) throws IOException {
        int matched = 0;
        while (matched < end.length) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            matched = next == end[matched] ? matched + 1 : next == end[0] ? 1 : 0;
        }
        return true;
    }

    private static void messages(InputStream in, OutputStream out, long takes)
            throws IOException, InterruptedException {
        for (String request = line(in); request != null; request = line(in)) {
            int length = 0;
            for (String head = line(in); head != null && !head.isEmpty(); head = line(in)) {
                if (head.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(head.substring(15).trim());
                }
            }
            in.skipNBytes(length);
            pause(takes);
            String body = "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"1\",\"wa_id\":\"1\"}],"
                    + "\"messages\":[{\"id\":\"wamid.bench" + MESSAGES.incrementAndGet() + "\"}]}";
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body));
        }
    }

    private static void pause(long milliseconds) throws InterruptedException {
        if (milliseconds > 0) {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
