package camelbell.dev;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bucket that speaks as much S3 as whoever puts objects needs: whole ones, ones in parts, the framing {@code aws-chunked}.
 * It knows one access key, looks at no signature, and remembers in which order objects came.
 */
public final class BucketDouble implements AutoCloseable {

    private static final Pattern TARGET = Pattern.compile("/([^/]+)/?([^?]*)(?:\\?(.*))?");
    private static final Pattern UPLOAD = Pattern.compile("uploadId=([0-9]+)");
    private static final Pattern PART = Pattern.compile("partNumber=([0-9]+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String name;
    private final String accessKey;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> came = new CopyOnWriteArrayList<>();
    private final List<Map<Integer, byte[]>> uploads = new CopyOnWriteArrayList<>();
    private volatile boolean denies;

    public BucketDouble(String name, String accessKey) {
        this.name = name;
        this.accessKey = accessKey;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** From now on it refuses whatever it is asked, or no longer does. */
    public void denies(boolean denies) {
        this.denies = denies;
    }

    /** By key. */
    public Map<String, byte[]> objects() {
        return objects;
    }

    /** Keys, as often as they were put, in the order in which they were whole. */
    public List<String> came() {
        return came;
    }

    /** How many objects were begun in parts. */
    public int uploads() {
        return uploads.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = content(exchange);
            Matcher target = TARGET.matcher(exchange.getRequestURI().toString());
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            if (denies || login == null || !login.contains("Credential=" + accessKey + "/")) {
                error(exchange, 403, "AccessDenied");
            } else if (!target.matches() || !target.group(1).equals(name)) {
                error(exchange, 404, "NoSuchBucket");
            } else {
                answer(exchange, target.group(2), target.group(3) == null ? "" : target.group(3), sent);
            }
        }
    }

    private void answer(HttpExchange exchange, String key, String query, byte[] sent) throws IOException {
        Matcher upload = UPLOAD.matcher(query);
        Matcher part = PART.matcher(query);
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> exchange.sendResponseHeaders(200, -1);
            case "PUT" -> {
                if (upload.find() && part.find()) {
                    uploads.get(Integer.parseInt(upload.group(1))).put(Integer.parseInt(part.group(1)), sent);
                } else {
                    keep(key, sent);
                }
                exchange.getResponseHeaders().set("ETag", "\"" + Arrays.hashCode(sent) + "\"");
                exchange.sendResponseHeaders(200, -1);
            }
            case "POST" -> {
                if (upload.find()) {
                    ByteArrayOutputStream whole = new ByteArrayOutputStream();
                    uploads.get(Integer.parseInt(upload.group(1))).values().forEach(whole::writeBytes);
                    keep(key, whole.toByteArray());
                    xml(exchange, 200, "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>");
                } else {
                    uploads.add(new ConcurrentSkipListMap<>());
                    xml(
                            exchange,
                            200,
                            "<InitiateMultipartUploadResult><UploadId>" + (uploads.size() - 1)
                                    + "</UploadId></InitiateMultipartUploadResult>");
                }
            }
            default -> error(exchange, 405, "MethodNotAllowed");
        }
    }

    private void keep(String key, byte[] object) {
        objects.put(key, object);
        came.add(key);
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        xml(exchange, status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }

    private static void xml(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Without the framing that the client may have put around it: its length in hexadecimal, then so many bytes, again and again. */
    private static byte[] content(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String length = exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length");
        if (length == null) {
            return sent;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream(Integer.parseInt(length));
        int at = 0;
        while (true) {
            int end = at;
            while (sent[end] != '\r') {
                end++;
            }
            String line = new String(sent, at, end - at, StandardCharsets.US_ASCII);
            int size = Integer.parseInt(line.replaceFirst(";.*", ""), 16);
            if (size == 0) {
                return content.toByteArray();
            }
            content.write(sent, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
