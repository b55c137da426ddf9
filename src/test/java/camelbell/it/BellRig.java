package camelbell.it;

import static org.awaitility.Awaitility.await;

import camelbell.browser.BrowserSession;
import camelbell.browser.Page;
import camelbell.fault.FaultProxy;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole hub, a site with its bell, and what can cut the two off from each other. For
 * {@code @RegisterExtension}; each test takes people of its own.
 */
final class BellRig implements BeforeEachCallback, AfterAllCallback {

    final BellSite site = new BellSite();
    /** A site that the hub does not know. */
    final BellSite stranger = new BellSite();

    final Hub hub = new Hub("camelbell.http.allowed-origins=" + site.origin());
    /** Between pages and hub; healthy again before each test. */
    final FaultProxy wire = new FaultProxy(hub.port());

    private final AtomicLong people = new AtomicLong();
    private final AtomicLong events = new AtomicLong();

    BellRig() {
        site.allow(address());
        stranger.allow(address());
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        wire.heal();
    }

    /** Where pages find the hub. */
    String address() {
        return "http://localhost:" + wire.port();
    }

    /** Somebody new whom the hub knows. */
    long person() {
        long id = people.incrementAndGet();
        hub.post(
                "users",
                String.valueOf(id),
                "{\"id\":%d,\"username\":\"dev_%d\",\"name\":\"Dev\",\"role\":\"DEVELOPER\"}".formatted(id, id));
        hub.flush();
        await().until(() -> hub.query("SELECT count(*) FROM person WHERE id = " + id) == 1);
        return id;
    }

    /** Tells somebody of a ticket; see {@link #told}. */
    void tell(long person, int ticket, String title, String priority) {
        hub.post(
                "ticket-events",
                String.valueOf(ticket),
                """
                {"specversion":"1.0","id":"bell-%d","source":"urn:test","type":"ticket_assigned",
                 "data":{"ticket":{"id":%d,"title":%s,"priority":"%s","category":"BUG","status":"NEW","created_by":900000,
                   "project_name":"Main Website","created_at":"2025-12-24T10:30:00Z"},"assignees":[%d]}}"""
                        .formatted(events.incrementAndGet(), ticket, Page.quoted(title), priority, person));
    }

    /** Waits until somebody has this many in all. */
    void told(long person, int inAll) {
        hub.flush();
        await().until(() ->
                hub.query("SELECT count(*) FROM notification_log WHERE seq IS NOT NULL AND recipient = " + person)
                        == inAll);
    }

    /** The page with somebody's bell, which an attribute may change. */
    String page(long person, String attributes) {
        return page(person, "", attributes);
    }

    /** The same with attributes of the document. */
    String page(long person, String html, String attributes) {
        return site.page(address(), html, body(person, attributes));
    }

    static String body(long person, String attributes) {
        return "<header>" + element(person, attributes)
                + "</header><main><h1>Tickets</h1><p>What the page is about.</p></main>";
    }

    static String element(long person, String attributes) {
        return "<camelbell-bell token-url=\"/token/" + person + "\" read-on=\"click\" " + attributes
                + "></camelbell-bell>";
    }

    /** Somebody's bell in a new tab. */
    Bell open(BrowserSession browser, long person, String attributes) {
        return new Bell(browser.open(page(person, attributes)));
    }

    /** The same, connected. */
    Bell live(BrowserSession browser, long person) {
        Bell bell = open(browser, person, "");
        bell.until("live");
        return bell;
    }

    @Override
    public void afterAll(ExtensionContext test) {
        wire.close();
        hub.close();
        site.close();
        stranger.close();
    }
}
