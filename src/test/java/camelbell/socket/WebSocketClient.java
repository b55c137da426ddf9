package camelbell.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client as a mobile app has it: the JDK's. */
final class WebSocketClient implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    /** When each of them had come, by {@link System#nanoTime}. */
    final List<Long> arrivals = new CopyOnWriteArrayList<>();

    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private boolean lost;
    private @Nullable WebSocket socket;

    static WebSocketClient open(int port, String query) {
        return open(port, query, builder -> builder);
    }

    static WebSocketClient open(int port, String query, UnaryOperator<WebSocket.Builder> with) {
        WebSocketClient client = new WebSocketClient();
        URI uri = URI.create("ws://localhost:" + port + "/ws/notifications/" + query);
        client.socket =
                with.apply(HTTP.newWebSocketBuilder()).buildAsync(uri, client).join();
        return client;
    }

    /** The HTTP status with which the handshake is refused; 101 when it is not. */
    static int status(int port, String query, UnaryOperator<WebSocket.Builder> with) {
        try {
            open(port, query, with).cut();
            return 101;
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException answer) {
                return answer.getResponse().statusCode();
            }
            throw refused;
        }
    }

    void send(String frame) {
        socket().sendText(frame, true).join();
    }

    WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not open");
        }
        return socket;
    }

    /** Goes away without a word, as a phone in a tunnel does: what comes later is lost. */
    synchronized void cut() {
        lost = true;
        socket().abort();
    }

    List<Long> seqs() {
        return frames.stream()
                .filter(frame -> frame.has("notification_type"))
                .map(frame -> frame.get("seq").longValue())
                .toList();
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last && !lost) {
            arrivals.add(System.nanoTime());
            try {
                frames.add(JSON.readTree(text.toString()));
            } catch (JsonProcessingException broken) {
                throw new AssertionError(text.toString(), broken);
            }
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
