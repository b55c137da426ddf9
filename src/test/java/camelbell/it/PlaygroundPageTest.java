package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.browser.Browser;
import camelbell.browser.Browsers;
import camelbell.browser.Page;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The playground in a real browser, as a newcomer uses it. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaygroundPageTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private PlaygroundHub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        hub = new PlaygroundHub(folder);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void three_people_see_what_is_pressed_in_their_bells_by_mail_and_on_the_phone() {
        try (Page page = open("/")) {
            page.until(
                    "['1', '3', '4'].every((id) => document.getElementById('seen-' + id)?.dataset.status === 'live')");
            page.type("#new-title", HOSTILE);
            page.click("#new-ticket");
            page.until("document.getElementById('ticket-title').textContent === " + Page.quoted(HOSTILE));
            for (String type : List.of("ticket_created", "ticket_opened", "ticket_assigned")) {
                page.click("#" + type);
                page.until("document.querySelector('#" + type + " .mark').textContent === '✓'");
            }

            await().untilAsserted(() -> {
                for (int person : new int[] {1, 3, 4}) {
                    assertThat(inbox(page, person)).as("person " + person).contains(HOSTILE);
                }
                assertThat(page.text("#mailbox")).contains("dev@example.org", HOSTILE);
                assertThat(page.text("#phone"))
                        .contains("Dev Developer", "You have been assigned to this ticket: " + HOSTILE);
                assertThat(page.text("#journey")).contains("Grace Admin", "WhatsApp · read");
                assertThat(page.text("#flow")).contains("50-channel-mail");
            });
            new Bell(page).assertAccessible("three people, one ticket");
            assertThat(page.evaluate("document.querySelectorAll('img').length").asInt())
                    .isZero();
            assertThat(page.console())
                    .as("what its policy refuses is said here")
                    .noneMatch(line -> line.contains("Policy"));
        }
    }

    @Test
    void what_is_broken_stays_so_over_a_reload_is_seen_waiting_and_arrives_once_it_is_mended() {
        try (Page page = open("/")) {
            page.click("#new-ticket");
            for (String name : List.of("mail", "whatsapp", "connection-3")) {
                page.click("#break-" + name);
                page.until("document.getElementById('break-" + name + "').ariaChecked === 'true'");
            }
            page.click("#ticket_opened");
            await().untilAsserted(
                            () -> assertThat(page.text("#journey")).contains("SMTP CONNECT", "META 130429", "next"));
            page.go(hub.url("/"));
            page.until("document.querySelectorAll('[role=switch][aria-checked=true]').length === 3");
            page.until("document.getElementById('seen-3').dataset.status === 'offline'");

            for (String name : List.of("mail", "whatsapp", "connection-3")) {
                page.click("#break-" + name);
                page.until("document.getElementById('break-" + name + "').ariaChecked === 'false'");
            }
            await().untilAsserted(() -> {
                assertThat(page.text("#journey")).contains("E-mail · sent", "WhatsApp · read");
                assertThat(page.text("#seen-3")).startsWith("live");
            });
        }
    }

    @Test
    void a_mail_stays_open_while_others_come_and_its_links_lead_to_the_ticket_in_another_tab() throws Exception {
        long ticket = hub.press("POST", "/tickets", "").get("id").asLong();
        hub.press("POST", "/tickets/" + ticket + "/ticket_opened", "");
        await().untilAsserted(() -> assertThat(newest().at("/subject").asText()).contains("#" + ticket));
        try (Page page = browsers.get(Browser.CHROMIUM)
                .open(hub.state().get("mailbox").asText() + "/messages/"
                        + newest().get("id").asLong())) {
            String inside = "document.querySelector('iframe').contentDocument";
            page.until(inside + ".querySelector('a') && " + inside
                    + ".documentElement.scrollHeight <= document.querySelector('iframe').clientHeight");
            page.evaluate("(() => { window.read = " + inside + "; return true; })()");
            int before =
                    page.evaluate("document.querySelectorAll('nav li').length").asInt();
            hub.press("POST", "/tickets/" + ticket + "/work_started", "");

            page.until("document.querySelectorAll('nav li').length > " + before);
            assertThat(page.evaluate("window.read === " + inside).asBoolean()).isTrue();
            assertThat(page.evaluate(inside + ".querySelector('a').href").asText())
                    .isEqualTo(hub.url("/tickets/" + ticket));
            assertThat(page.evaluate(inside + ".querySelector('base').target").asText())
                    .isEqualTo("_blank");
            new Bell(page).assertAccessible("a mail");
        }
    }

    private JsonNode newest() throws Exception {
        return hub.state().at("/mails/newest/0");
    }

    @Test
    void a_narrow_page_is_no_wider_than_its_window() {
        try (Page page = open("/")) {
            page.size(320, 640, 1);
            page.until("document.querySelector('#flow svg')");

            assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(320);
        }
    }

    /** What that person's bell shows once it is opened. */
    private static String inbox(Page page, int person) {
        String bell = "document.getElementById('bell-" + person + "')";
        return page.evaluate(
                        "(() => { %s.show(); const text = %s.shadowRoot.querySelector('[part~=list]')?.innerText; %s.hide(); return text; })()"
                                .formatted(bell, bell, bell))
                .asText("");
    }

    private Page open(String path) {
        Page page = browsers.get(Browser.CHROMIUM).open(hub.url(path));
        page.until("document.getElementById('ticket-title') && customElements.get('camelbell-bell')");
        return page;
    }
}
