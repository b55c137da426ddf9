package camelbell.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A well-behaved client of the WebSocket: counts its frames, and comes back by {@code since} when it was cut. */
final class GoodSocket implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long BACK_AFTER_MS = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor(Daemons.named("socket"));
    private final String address;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger resyncs = new AtomicInteger();
    private volatile long last;
    private volatile boolean done;
    private volatile @Nullable WebSocket open;

    /** Connects at once, and for ever. */
    GoodSocket(int port, String token) {
        address = "ws://127.0.0.1:" + port + "/ws/notifications/?token=" + token;
        connect();
    }

    private void connect() {
        URI uri = URI.create(address + "&since=" + last);
        var unused = client.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, new Listener())
                .whenComplete((socket, fault) -> {
                    open = socket;
                    if (fault != null) {
                        comeBack();
                    }
                });
    }

    private void comeBack() {
        if (!done) {
            var unused = again.schedule(this::connect, BACK_AFTER_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void note(String text) {
        JsonNode frame = read(text);
        if (frame.path("type").asText().equals("resync")) {
            resyncs.incrementAndGet();
        }
        if (frame.has("event_id")) { // the greeting's seq is the newest there is, not the newest that has come
            last = Math.max(last, frame.path("seq").asLong());
            seen.putIfAbsent(frame.path("event_id").asText(), Moment.now());
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The hub sent a frame that is no JSON", e);
        }
    }

    /** When the frame of each event came. */
    Map<String, Long> seen() {
        return seen;
    }

    /** How often the connection ended without the client's doing. */
    int cuts() {
        return cuts.get();
    }

    /** How often the hub told the client to load what it had missed by REST. */
    int resyncs() {
        return resyncs.get();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
            part.append(data);
            if (whole) {
                note(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            cut();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            cut();
        }

        private void cut() {
            if (!done) {
                cuts.incrementAndGet();
                comeBack();
            }
        }
    }

    @Override
    public void close() {
        done = true;
        again.shutdownNow();
        WebSocket socket = open;
        if (socket != null) {
            socket.abort();
        }
    }
}
