package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JavaScript class of the guide, word for word, with a script that uses it; and the site that a browser loads both
 * from and that both report to.
 */
final class GuideScript implements AutoCloseable {

    private static final Path GUIDE = Path.of("src/test/resources/guide");
    private static final Pattern CLASS =
            Pattern.compile("```javascript\\R(class NotificationService \\{.*?\\R}\\R)", Pattern.DOTALL);
    private static final JsonMapper JSON = new JsonMapper();

    final CompletableFuture<JsonNode> connected = new CompletableFuture<>();
    final CompletableFuture<JsonNode> done = new CompletableFuture<>();
    private final HttpServer site;
    private volatile String script = "";

    GuideScript() {
        try {
            site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        site.createContext("/", call -> answer(call, "text/html", "<!DOCTYPE html><script src=\"/app.js\"></script>"));
        site.createContext("/app.js", call -> answer(call, "text/javascript", script));
        site.createContext("/report", this::report);
        site.start();
    }

    /** What the browser names as the origin of the script. */
    String origin() {
        return "http://localhost:" + site.getAddress().getPort();
    }

    /** The whole script, for a hub on this port. */
    String script(int port, String token) throws IOException {
        Map<String, String> test = Map.of(
                "apiUrl", "http://localhost:" + port + "/api",
                "wsUrl", "ws://localhost:" + port + "/ws/notifications/",
                "token", token,
                "report", origin() + "/report");
        script = String.join(
                "\n",
                "const test = " + JSON.writeValueAsString(test) + ";",
                classOfTheGuide(),
                Files.readString(GUIDE.resolve("drive.js")));
        return script;
    }

    private static String classOfTheGuide() throws IOException {
        Matcher found = CLASS.matcher(Files.readString(GUIDE.resolve("notification-guide.md")));
        if (!found.find()) {
            throw new AssertionError("the guide shows no class NotificationService");
        }
        return found.group(1);
    }

    private void report(HttpExchange call) throws IOException {
        JsonNode report = JSON.readTree(call.getRequestBody());
        answer(call, "text/plain", "");
        JsonNode result = report.get("result");
        switch (report.get("step").asText()) {
            case "connected" -> connected.complete(result);
            case "done" -> done.complete(result);
            default -> {
                connected.completeExceptionally(new AssertionError(result));
                done.completeExceptionally(new AssertionError(result));
            }
        }
    }

    private static void answer(HttpExchange call, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        call.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            call.getResponseBody().write(body);
        }
        call.close();
    }

    @Override
    public void close() {
        site.stop(0);
    }
}
