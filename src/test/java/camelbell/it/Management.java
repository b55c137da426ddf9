package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.core.env.Environment;

/** A hub's management port: health and metrics. */
record Management(Hub hub) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String port = hub.bean(Environment.class).getRequiredProperty("local.management.port");
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    /** One detail of one health component. */
    JsonNode health(String component, String detail) throws IOException, InterruptedException {
        return details(component).path(detail);
    }

    /** All details of one health component. */
    JsonNode details(String component) throws IOException, InterruptedException {
        return new JsonMapper()
                .readTree(get("/actuator/health").body())
                .path("components")
                .path(component)
                .path("details");
    }
}
