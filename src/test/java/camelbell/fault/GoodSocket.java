package camelbell.fault;

import camelbell.it.WebSocketClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A well-behaved client of the WebSocket: counts its frames, and comes back by {@code since} when it was cut. */
final class GoodSocket implements AutoCloseable {

    private static final long BACK_AFTER_MS = 500;
    private static final Duration MAY_TAKE = Duration.ofSeconds(10);

    private final int port;
    private final String token;
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor(Daemons.named("socket"));
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger resyncs = new AtomicInteger();
    private volatile long last;
    private volatile boolean done;
    private volatile @Nullable WebSocketClient open;

    /** Connects at once, and for ever. */
    GoodSocket(int port, String token) {
        this.port = port;
        this.token = token;
        again.execute(this::connect);
    }

    private void connect() {
        String query = "?token=" + token + "&since=" + last;
        try {
            WebSocketClient client =
                    WebSocketClient.open(port, query, builder -> builder.connectTimeout(MAY_TAKE), this::note);
            open = client;
            var unused = client.closed().thenRun(this::cut);
        } catch (CompletionException fault) {
            comeBack();
        }
    }

    private void cut() {
        if (!done) {
            cuts.incrementAndGet();
            comeBack();
        }
    }

    private void comeBack() {
        if (!done) {
            var unused = again.schedule(this::connect, BACK_AFTER_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void note(JsonNode frame) {
        if (frame.path("type").asText().equals("resync")) {
            resyncs.incrementAndGet();
        }
        if (frame.has("event_id")) { // the greeting's seq is the newest there is, not the newest that has come
            last = Math.max(last, frame.path("seq").asLong());
            seen.putIfAbsent(frame.path("event_id").asText(), Moment.now());
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

    @Override
    public void close() {
        done = true;
        again.shutdownNow();
        WebSocketClient client = open;
        if (client != null) {
            client.close();
        }
    }
}
