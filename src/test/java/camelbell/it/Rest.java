package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A hub's public port, as its users call it. */
final class Rest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Hub hub;

    Rest(Hub hub) {
        this.hub = hub;
    }

    Answer get(String path, long user) throws IOException, InterruptedException {
        return send("GET", path, user);
    }

    Answer post(String path, long user) throws IOException, InterruptedException {
        return send("POST", path, user);
    }

    Answer post(String path, String body, long user) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofString(body), user);
    }

    Answer delete(String path, long user) throws IOException, InterruptedException {
        return send("DELETE", path, user);
    }

    private Answer send(String method, String path, long user) throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.noBody(), user);
    }

    private Answer send(String method, String path, BodyPublisher body, long user)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + hub.port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + Tokens.of(user))
                .method(method, body)
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** What came back. */
    record Answer(int status, String body) {

        JsonNode json() throws IOException {
            return new JsonMapper().readTree(body);
        }
    }
}
