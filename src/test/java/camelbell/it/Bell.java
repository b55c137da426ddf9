package camelbell.it;

import static camelbell.browser.Page.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.browser.Page;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The first bell on a page, as somebody sees and uses it. */
final class Bell {

    /** Rules of best practice judge whole pages, such as how many landmarks they have: those are the test's. */
    private static final String AXE =
            "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],"
                    + " resultTypes: ['violations'] }).then((found) => found.violations.flatMap((one) => one.nodes.map((node) =>"
                    + " one.id + ' ' + node.target.flat().join(' ') + ': ' + node.failureSummary)))";

    final Page page;

    Bell(Page page) {
        this.page = page;
    }

    /** JavaScript for the first element with this part, and a selector below it. */
    static String part(String name, String below) {
        return "document.querySelector('camelbell-bell').shadowRoot.querySelector("
                + quoted("[part~=" + name + "] " + below) + ")";
    }

    static String part(String name) {
        return part(name, "");
    }

    /** Waits until the client is in this state. */
    void until(String status) {
        page.until("document.querySelector('camelbell-bell')?.getAttribute('status') === " + quoted(status));
    }

    /** Waits until the badge says so; 0: there is none. */
    void untilUnread(int count) {
        page.until("document.querySelector('camelbell-bell').getAttribute('unread') === '" + count + "' && ("
                + part("badge") + "?.textContent.trim() ?? '') === '"
                + (count == 0 ? "" : count > 99 ? "99+" : "" + count) + "'");
    }

    void untilShown(String part) {
        page.until(part(part) + "?.checkVisibility()");
    }

    /** Opens the panel by a click. */
    void open() {
        page.clickOn(part("button"));
        untilShown("panel");
    }

    void click(String part, String below) {
        page.clickOn(part(part, below));
    }

    /** Presses "Try again", where it has not tried by itself meanwhile and has succeeded. */
    void tryAgain() {
        page.evaluate(part("error", "button.text-button") + "?.click() ?? 0");
    }

    String text(String part) {
        return page.evaluate(part(part) + "?.innerText ?? ''").asText();
    }

    /** What the drawn items say, from the top. */
    List<String> items() {
        return texts(
                "[...document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('[part~=item]')].map((one) => one.innerText)");
    }

    void untilItems(int count) {
        page.until("document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('[part~=item]').length === "
                + count);
    }

    /** How many sockets the page has opened so far. */
    int sockets() {
        return page.evaluate("sockets.length").asInt();
    }

    /** Runs axe on the page as it is. */
    void assertAccessible(String state) {
        page.run(AxeScript.TEXT);
        assertThat(texts(AXE)).as(state).isEmpty();
    }

    /** Nothing that the page's policy refused, nothing that failed in a script. */
    void assertNothingRefused() {
        assertThat(texts("violations"))
                .filteredOn(one -> !one.contains("/favicon.ico")) // Firefox looks for one
                .isEmpty();
        assertThat(page.console())
                .filteredOn(line -> line.contains("Content Security Policy") || line.contains("TypeError"))
                .isEmpty();
    }

    List<String> texts(String expression) {
        JsonNode list = page.evaluate(expression);
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** JavaScript for the first visible button that a screen reader calls so. */
    static String named(String name) {
        return "[...document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('button')].find((one) =>"
                + " one.checkVisibility() && (one.ariaLabel ?? one.innerText).trim() === " + quoted(name) + ")";
    }

    /** The same for one whose text holds this. */
    static String button(String text) {
        return "[...document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('button')].find((one) =>"
                + " one.checkVisibility() && one.innerText.includes(" + quoted(text) + "))";
    }

    /** How many of the drawn items are unread. */
    static String unread() {
        return "[...document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('button')].filter((one) =>"
                + " one.ariaLabel === 'Mark as read').length";
    }

    /** What has the focus, in the bell. */
    static String focused() {
        return "document.querySelector('camelbell-bell').shadowRoot.activeElement";
    }

    static String focusedIsItem() {
        return "(" + focused() + "?.matches('[part~=item]') ?? false)";
    }

    private static final class AxeScript {

        static final String TEXT = read();

        private static String read() {
            try (InputStream script = Bell.class.getResourceAsStream("/axe.min.js")) {
                return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
