package camelbell.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client as a mobile app has it: the JDK's. It keeps what comes. */
public final class WebSocketClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Consumer<JsonNode> eachFrame;
    private final WebSocket socket;
    private boolean lost;

    private WebSocketClient(WebSocket.Builder builder, URI uri, Consumer<JsonNode> eachFrame) {
        this.eachFrame = eachFrame;
        this.socket = builder.buildAsync(uri, new Listener()).join();
    }

    public static WebSocketClient open(int port, String query) {
        return open(port, query, builder -> builder);
    }

    /** Errors: a CompletionException of a {@link WebSocketHandshakeException} when it is refused. */
    public static WebSocketClient open(int port, String query, UnaryOperator<WebSocket.Builder> with) {
        return open(port, query, with, frame -> {});
    }

    /** The same, for one who is told of each frame as it comes. */
    public static WebSocketClient open(
            int port, String query, UnaryOperator<WebSocket.Builder> with, Consumer<JsonNode> eachFrame) {
        return new WebSocketClient(with.apply(HTTP.newWebSocketBuilder()), uri(port, query), eachFrame);
    }

    private static URI uri(int port, String query) {
        return URI.create("ws://localhost:" + port + "/ws/notifications/" + query);
    }

    /** What the handshake is answered with when it is refused; nothing when it is not, and the connection ends at once. */
    public static Optional<HttpResponse<?>> refusal(int port, String query, UnaryOperator<WebSocket.Builder> with) {
        try {
            with.apply(HTTP.newWebSocketBuilder())
                    .buildAsync(uri(port, query), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return Optional.empty();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException answer) {
                return Optional.of(answer.getResponse());
            }
            throw refused;
        }
    }

    /** The HTTP status with which the handshake is answered; 101 when it is not refused. */
    public static int status(int port, String query, UnaryOperator<WebSocket.Builder> with) {
        return refusal(port, query, with).map(HttpResponse::statusCode).orElse(101);
    }

    /** All that have come; those who need no earlier ones may clear it. */
    public List<JsonNode> frames() {
        return frames;
    }

    /** Those of one type; notifications, which have none, by the empty one. */
    public List<JsonNode> frames(String type) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals(type))
                .toList();
    }

    /** When each of them had come, by {@link System#nanoTime}. */
    public List<Long> arrivals() {
        return arrivals;
    }

    /** The seq of each notification that has come, in the order of coming. */
    public List<Long> seqs() {
        return frames("").stream().map(frame -> frame.path("seq").asLong()).toList();
    }

    /** Its code, once the hub has closed it; 1006 when it broke off. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    public WebSocket socket() {
        return socket;
    }

    public void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Goes away without a word, as a phone in a tunnel does: what comes later is lost. */
    public void cut() {
        synchronized (frames) {
            lost = true;
        }
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void take(String text) {
        synchronized (frames) {
            if (lost) {
                return;
            }
            arrivals.add(System.nanoTime());
            try {
                frames.add(JSON.readTree(text));
            } catch (JsonProcessingException broken) {
                throw new AssertionError(text, broken);
            }
            eachFrame.accept(frames.get(frames.size() - 1));
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(1006);
        }
    }
}
