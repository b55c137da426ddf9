package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One user's client: REST, and one WebSocket. */
final class Caller implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    final String token;
    private final int port;
    private final WebSocketClient socket;

    /** Connects at once. */
    Caller(int port, long user) {
        this(port, user, "");
    }

    /** With more in the query, such as {@code &since=5}. */
    Caller(int port, long user, String more) {
        this.port = port;
        this.token = Tokens.of(user);
        this.socket = WebSocketClient.open(port, "?token=" + token + more);
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
        socket.send(frame);
    }

    List<JsonNode> frames() {
        return socket.frames();
    }

    List<JsonNode> frames(String type) {
        return socket.frames(type);
    }

    List<Long> seqs() {
        return socket.seqs();
    }

    CompletableFuture<Integer> closed() {
        return socket.closed();
    }

    /** Goes away without a word; what comes later is lost. */
    void cut() {
        socket.cut();
    }

    @Override
    public void close() {
        socket.close();
    }
}
