package camelbell.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One user's client with the JDK's means: REST, and one WebSocket whose frames it keeps. */
final class Caller implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LIFE = 600;

    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final String token;
    private final int port;
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private boolean lost;

    /** Connects at once. */
    Caller(int port, long user) {
        this(port, user, "");
    }

    /** With more in the query, such as {@code &since=5}. */
    Caller(int port, long user, String more) {
        this.port = port;
        this.token = token(user);
        this.socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/ws/notifications/?token=" + token + more), this)
                .join();
    }

    static String token(long user) {
        long now = Instant.now().getEpochSecond();
        JWSObject token = new JWSObject(
                new JWSHeader(JWSAlgorithm.HS256),
                new Payload(Map.<String, Object>of(
                        "token_type",
                        "access",
                        "exp",
                        now + LIFE,
                        "iat",
                        now,
                        "jti",
                        UUID.randomUUID().toString(),
                        "user_id",
                        user)));
        try {
            token.sign(new MACSigner(Stack.jwtSecret().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
        return token.serialize();
    }

    record Answer(int status, JsonNode body) {}

    Answer get(String path) {
        return call("GET", path, "Authorization", "Bearer " + token);
    }

    Answer post(String path) {
        return call("POST", path, "Authorization", "Bearer " + token);
    }

    Answer call(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Those that have arrived of one type; notifications, which have none, by the empty one. */
    List<JsonNode> frames(String type) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals(type))
                .toList();
    }

    /** The seq of each notification that has come, in the order of coming. */
    List<Long> seqs() {
        return frames("").stream().map(frame -> frame.path("seq").asLong()).toList();
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last && !lost) {
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

    /** Goes away without a word; what comes later is lost. */
    synchronized void cut() {
        lost = true;
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
