package camelbell.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openqa.selenium.bidi.BiDi;
import org.openqa.selenium.bidi.Command;
import org.openqa.selenium.bidi.Event;

/** One running browser and the pages that were opened in it. */
public final class BrowserSession implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Runs in each page before its own scripts: keeps in {@code violations} what the page's policy refuses, in
     * {@code sockets} and {@code closes} the WebSockets that it opens and the codes they were closed with.
     */
    private static final String WATCH =
            """
            () => {
              globalThis.violations = [];
              globalThis.sockets = [];
              globalThis.closes = [];
              addEventListener('securitypolicyviolation', (e) => violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
              globalThis.WebSocket = class extends WebSocket {
                constructor(...how) {
                  super(...how);
                  sockets.push(this);
                  this.addEventListener('close', ({ code }) => closes.push(code));
                }
              };
            }""";

    private final Browser browser;
    private final BiDi bidi;
    private final Runnable end;
    private final List<Page> pages = new CopyOnWriteArrayList<>();

    BrowserSession(Browser browser, BiDi bidi, Runnable end) {
        this.browser = browser;
        this.bidi = bidi;
        this.end = end;
        send("script.addPreloadScript", Map.of("functionDeclaration", WATCH));
        bidi.addListener(new Event<>("log.entryAdded", entry -> entry), this::said);
    }

    private void said(Map<String, Object> params) {
        JsonNode entry = JSON.valueToTree(params);
        String context = entry.at("/source/context").asText();
        pages.stream().filter(page -> page.is(context)).forEach(page -> page.said(entry));
    }

    /** Which browser it is. */
    public Browser browser() {
        return browser;
    }

    /** A tab of the one profile that tabs share: storage, locks, cookies. */
    public Page open(String address) {
        return open("default", address);
    }

    /** A tab of a new profile that shares nothing: another device, or another person. */
    public Page openElsewhere(String address) {
        return open(
                send("browser.createUserContext", Map.of()).path("userContext").asText(), address);
    }

    private Page open(String profile, String address) {
        String context = send("browsingContext.create", Map.of("type", "tab", "userContext", profile))
                .path("context")
                .asText();
        Page page = new Page(this, context);
        pages.add(page);
        page.size(1000, 800, 1);
        page.go(address);
        return page;
    }

    /** Those that are open now. */
    List<Page> pages() {
        return pages;
    }

    void closed(Page page) {
        pages.remove(page);
    }

    /** Says a command of the protocol and waits for what it answers. */
    JsonNode send(String method, Map<String, Object> params) {
        return bidi.send(new Command<JsonNode>(method, params, answer -> JSON.valueToTree(answer)), PATIENCE);
    }

    @Override
    public void close() {
        end.run();
    }
}
