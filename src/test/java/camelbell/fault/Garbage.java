package camelbell.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A Cloud API whose first answer to each message is none that Meta would give; the second is as it should be. It takes
 * the message only then.
 */
final class Garbage implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"biz_opaque_callback_data\":\"(\\d+)/");
    private static final Pattern TO = Pattern.compile("\"to\":\"(\\d+)\"");
    private static final byte[] TEN_MEGABYTES_OF_NOTHING = new byte[10 << 20];
    private static final int PIECE = 64 << 10;
    private static final int BOMB_MEGABYTES = 1024;

    /** What the first answer is. */
    enum Kind {
        HTML_500(500),
        HTML_503(503),
        HTML_200(200),
        TRUNCATED_JSON(200),
        EMPTY(200),
        TEN_MEGABYTES(200),
        GZIP_BOMB(200),
        HANG(200),
        REDIRECT(302);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "garbage");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<Map.Entry<Long, String>> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger followed = new AtomicInteger();
    private final byte[] bomb = bomb();
    private volatile Kind kind = Kind.HTML_500;

    Garbage() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            end(exchange, 200, new byte[0]);
        });
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void kind(Kind next) {
        kind = next;
    }

    /** Messages that were taken: notification and number. */
    List<Map.Entry<Long, String>> taken() {
        return taken;
    }

    /** How often a redirect was followed. */
    int followed() {
        return followed.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = first(ID, message);
        if (seen.add(id)) {
            misbehave(exchange);
        } else {
            taken.add(Map.entry(Long.parseLong(id), first(TO, message)));
            end(exchange, 200, utf8("{\"messages\":[{\"id\":\"wamid.garbage." + id + "\"}]}"));
        }
    }

    private void misbehave(HttpExchange exchange) throws IOException {
        Kind now = kind;
        switch (now) {
            case HTML_500, HTML_503, HTML_200 -> end(exchange, now.status, utf8("<html><h1>Sorry</h1></html>"));
            case TRUNCATED_JSON -> end(exchange, now.status, utf8("{\"messages\":[{\"id\":\"wam"));
            case EMPTY -> end(exchange, now.status, new byte[0]);
            case TEN_MEGABYTES -> end(exchange, now.status, TEN_MEGABYTES_OF_NOTHING);
            case GZIP_BOMB -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                end(exchange, now.status, bomb);
            }
            case HANG -> {
                // the connection stays open, and nothing is ever said
            }
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "http://localhost:" + port() + "/elsewhere");
                end(exchange, now.status, new byte[0]);
            }
        }
    }

    private static void end(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            for (int from = 0; from < body.length; from += PIECE) { // the server copies whatever it is given at once
                exchange.getResponseBody().write(body, from, Math.min(PIECE, body.length - from));
            }
        }
    }

    /** A megabyte that becomes a gigabyte. */
    private static byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] megabyte = new byte[1 << 20];
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            for (int i = 0; i < BOMB_MEGABYTES; i++) {
                zip.write(megabyte);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "-1";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
