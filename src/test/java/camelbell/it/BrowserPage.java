package camelbell.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A page in a real Chromium that is looked at and clicked on, by the DevTools protocol. */
final class BrowserPage implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process browser;
    private final WebSocket socket;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private int calls;

    BrowserPage(Path profile, String address) throws IOException {
        List<String> command = new ArrayList<>(Browser.CHROMIUM.command(profile, address));
        command.add(1, "--remote-debugging-port=0");
        browser = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        Path place = profile.resolve("DevToolsActivePort");
        await().until(() -> Files.exists(place) && !Files.readAllLines(place).isEmpty());
        String port = Files.readAllLines(place).get(0);
        String page = await().until(() -> pages(port), found -> found != null);
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .join();
    }

    private @Nullable String pages(String port) throws IOException, InterruptedException {
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/json"))
                .build();
        for (JsonNode one : JSON.readTree(
                http.send(list, HttpResponse.BodyHandlers.ofString()).body())) {
            if (one.path("type").asText().equals("page")) {
                return one.path("webSocketDebuggerUrl").asText();
            }
        }
        return null;
    }

    /** What the expression is in the page, as text; its exception as text, too. */
    String evaluate(String expression) throws IOException, InterruptedException {
        int id = ++calls;
        String call = JSON.writeValueAsString(Map.of(
                "id",
                id,
                "method",
                "Runtime.evaluate",
                "params",
                Map.of("expression", "String(" + expression + ")", "returnByValue", true)));
        socket.sendText(call, true).join();
        while (true) {
            String message = heard.poll(60, TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("the browser does not answer");
            }
            JsonNode answer = JSON.readTree(message);
            if (answer.path("id").asInt() == id) {
                return answer.at("/result/result/value").asText(answer.toString());
            }
        }
    }

    /** Clicks on the first element that is there and enabled; waits for it. */
    void click(String selector) {
        await().until(() -> evaluate("(() => { const one = document.querySelector(" + JSON.writeValueAsString(selector)
                        + "); if (!one || one.disabled) { return false; } one.click(); return true; })()")
                .equals("true"));
    }

    /** Types over what the field holds. */
    void type(String selector, String text) throws IOException, InterruptedException {
        evaluate("(() => { const one = document.querySelector(" + JSON.writeValueAsString(selector) + "); one.value = "
                + JSON.writeValueAsString(text) + "; one.dispatchEvent(new Event('input', { bubbles: true })); })()");
    }

    /** Visible text of what the selector finds. */
    String text(String selector) throws IOException, InterruptedException {
        return evaluate("document.querySelector(" + JSON.writeValueAsString(selector) + ").innerText");
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = browser.descendants().toList();
        browser.destroy();
        all.forEach(ProcessHandle::destroy);
        // the profile is deleted next, and each of them writes to it
        await().until(() -> !browser.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
