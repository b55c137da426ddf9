package camelbell.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openqa.selenium.bidi.BiDiException;

/** One tab: what it shows, what it is told by mouse and keys, and what it said on its console. */
public final class Page implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** What has not come by then does not come. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BrowserSession session;
    private final String context;
    private final List<String> console = new CopyOnWriteArrayList<>();

    Page(BrowserSession session, String context) {
        this.session = session;
        this.context = context;
    }

    boolean is(String other) {
        return context.equals(other);
    }

    void said(JsonNode entry) {
        console.add(entry.path("level").asText() + ": " + entry.path("text").asText());
    }

    /** Each as {@code level: text}, exceptions that nobody caught and refusals of the browser among them. */
    public List<String> console() {
        return console;
    }

    /** Loads an address and waits until its scripts have run. */
    public void go(String address) {
        send("browsingContext.navigate", Map.of("url", address, "wait", "complete"));
    }

    /**
     * What a JavaScript expression gives, a promise's value once it has one; runs whatever the page's policy refuses to
     * its own scripts.
     *
     * @throws AssertionError with what it threw
     */
    public JsonNode evaluate(String expression) {
        JsonNode answer = session.send(
                "script.callFunction",
                Map.of(
                        "functionDeclaration",
                        "async () => JSON.stringify((await (" + expression + ")) ?? null)",
                        "awaitPromise",
                        true,
                        "target",
                        Map.of("context", context)));
        if (!answer.path("type").asText().equals("success")) {
            throw new AssertionError(
                    expression + ": " + answer.at("/exceptionDetails/text").asText());
        }
        try {
            return JSON.readTree(answer.at("/result/value").asText());
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(expression + ": " + answer, impossible);
        }
    }

    /** Waits until an expression is true. A page that is just being left has no place to evaluate it in: asked again. */
    public void until(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(BiDiException.class)
                .until(() -> evaluate("Boolean(" + expression + ")").asBoolean());
    }

    /** Runs a whole script, such as a library's, in the page. */
    public void run(String script) {
        session.send(
                "script.evaluate",
                Map.of("expression", script, "awaitPromise", false, "target", Map.of("context", context)));
    }

    /** Visible text of what a CSS selector finds first; empty while there is none. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText")
                .asText("");
    }

    /** A JavaScript literal. */
    public static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Clicks with the mouse in the middle of the first element that is there and enabled; waits for it. */
    public void click(String selector) {
        clickOn("document.querySelector(" + quoted(selector) + ")");
    }

    /** The same for what an expression gives, which may lie in a shadow tree. */
    public void clickOn(String element) {
        JsonNode middle = await(element)
                .atMost(PATIENCE)
                .until(
                        () -> evaluate(
                                """
                                (() => {
                                  const one = %s;
                                  if (!one || one.disabled) return null;
                                  one.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
                                  const box = one.getBoundingClientRect();
                                  const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
                                  let top = document.elementFromPoint(at.x, at.y);
                                  while (top?.shadowRoot?.elementFromPoint(at.x, at.y) && top !== top.shadowRoot.elementFromPoint(at.x, at.y)) {
                                    top = top.shadowRoot.elementFromPoint(at.x, at.y);
                                  }
                                  const hit = top && (one === top || one.contains(top) || top.contains(one));
                                  return box.width > 0 && hit ? at : null;
                                })()
                                """
                                        .formatted(element)),
                        found -> !found.isNull());
        List<Map<String, Object>> moves = List.of(
                Map.of(
                        "type",
                        "pointerMove",
                        "x",
                        middle.get("x").asInt(),
                        "y",
                        middle.get("y").asInt()),
                Map.of("type", "pointerDown", "button", 0),
                Map.of("type", "pointerUp", "button", 0));
        act(Map.of("type", "pointer", "id", "mouse", "parameters", Map.of("pointerType", "mouse"), "actions", moves));
    }

    /** Presses keys one after the other, letters or what {@link Key} names. */
    public void press(String... keys) {
        List<Map<String, Object>> moves = new ArrayList<>();
        for (String key : keys) {
            moves.add(Map.of("type", "keyDown", "value", key));
            moves.add(Map.of("type", "keyUp", "value", key));
        }
        act(Map.of("type", "key", "id", "keyboard", "actions", moves));
    }

    private void act(Map<String, Object> source) {
        send("input.performActions", Map.of("actions", List.of(source)));
    }

    /** Types over what the field holds. */
    public void type(String selector, String text) {
        evaluate("(() => { const one = document.querySelector(" + quoted(selector) + "); one.value = " + quoted(text)
                + "; one.dispatchEvent(new Event('input', { bubbles: true })); })()");
    }

    /** In CSS pixels; a zoom of 200 % is half the window's width at twice the ratio. */
    public void size(int width, int height, double ratio) {
        send(
                "browsingContext.setViewport",
                Map.of("viewport", Map.of("width", width, "height", height), "devicePixelRatio", ratio));
    }

    /**
     * Makes the page see a media feature, such as {@code prefers-color-scheme: dark}. In Chromium only: Firefox has no
     * command for it.
     */
    public void media(Map<String, String> features) {
        String cdp = session.send("goog:cdp.getSession", Map.of("context", context))
                .path("session")
                .asText();
        List<Map<String, String>> list = features.entrySet().stream()
                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                .toList();
        session.send(
                "goog:cdp.sendCommand",
                Map.of("session", cdp, "method", "Emulation.setEmulatedMedia", "params", Map.of("features", list)));
    }

    /** To the front, as by a click on its tab. */
    public void activate() {
        send("browsingContext.activate", Map.of());
    }

    /** Of what is in the window now, as a PNG. */
    public void screenshot(Path file) {
        String data =
                send("browsingContext.captureScreenshot", Map.of()).path("data").asText();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(String method, Map<String, Object> params) {
        Map<String, Object> all = new HashMap<>(params);
        all.put("context", context);
        return session.send(method, all);
    }

    @Override
    public void close() {
        session.closed(this);
        send("browsingContext.close", Map.of());
    }
}
