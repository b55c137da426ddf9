package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.browser.Browser;
import camelbell.browser.Browsers;
import camelbell.browser.Page;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators see of the routes at work: the calls behind the page, and the page in a real browser. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsPageTest {

    private static final int ADMIN = 1;
    private static final int CLIENT = 2;
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private final Hub hub = new Hub();
    private final Rest rest = new Rest(hub);

    @BeforeAll
    void a_history() {
        hub.whatsapp().script(Map.of("to", "15550000001", "code", 131026));
        hub.post(
                "users",
                "1",
                "{\"id\":1,\"username\":\"ann\",\"name\":\"\",\"role\":\"ADMIN\","
                        + "\"email\":\"ann@example.org\",\"whatsapp_number\":\"+15550000001\"}");
        hub.post("users", "2", "{\"id\":2,\"username\":\"bob\",\"name\":\"\",\"role\":\"CLIENT\"}");
        hub.flush();
        for (int number = 1; number <= 3; number++) {
            hub.post("ticket-events", "63", event(number));
        }
        hub.post("ticket-events", "64", "{}");
        hub.flush();
        await().untilAsserted(() -> {
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(9);
            assertThat(hub.query("SELECT count(*) FROM delivery")).isZero();
            assertThat(hub.endOf("dead-letters")).isEqualTo(1);
        });
    }

    private static String event(int number) {
        return """
                {"specversion":"1.0","id":"%d","source":"urn:test","type":"ticket_created","data":{"ticket":{"id":63,
                 "title":"%s","priority":"HIGH","category":"BUG","status":"NEW","created_by":2,
                 "project_name":"Main","created_at":"2026-01-01T10:00:00Z"}}}
                """
                .formatted(number, HOSTILE);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void an_administrator_sees_the_node_with_its_health_its_route_files_and_what_each_route_has_done()
            throws Exception {
        JsonNode now = rest.get("/api/admin/overview/", ADMIN).json();

        assertThat(now.at("/health/status").asText()).isEqualTo("UP");
        assertThat(now.at("/health/components/intake/details/behind")
                        .has(hub.property("camelbell.kafka.topics.ticket-events")))
                .isTrue();
        assertThat(now.at("/health/components/channels/details/WHATSAPP/breaker")
                        .asText())
                .isEqualTo("closed");
        assertThat(now.get("stages").findValuesAsText("name")).contains("10-ticket-events", "50-channel-mail");
        JsonNode mail = route(now, "channel-mail");
        assertThat(mail.get("exchanges").asLong()).isEqualTo(3);
        assertThat(mail.get("failed").asLong()).isZero();
        assertThat(mail.get("inflight").asLong()).isZero();
        assertThat(mail.get("p95_ms").asLong()).isPositive();
        assertThat(mail.get("took").get(13).get("count").asLong())
                .as("within 30 s")
                .isEqualTo(3);
    }

    @Test
    void the_last_events_are_listed_with_what_became_of_their_notifications() throws Exception {
        JsonNode page = rest.get("/api/admin/events/", ADMIN).json();

        assertThat(page.get("next").isNull()).isTrue();
        assertThat(page.get("results").findValuesAsText("id")).containsExactlyInAnyOrder("1", "2", "3");
        JsonNode event = page.at("/results/0");
        assertThat(event.get("title").asText()).isEqualTo(HOSTILE);
        assertThat(event.get("ticket").asLong()).isEqualTo(63);
        assertThat(page.get("results").findValuesAsText("FAILED"))
                .as("one of nine")
                .containsExactly("1");
        assertThat(page.get("results").findValuesAsText("SENT")).containsExactlyInAnyOrder("2", "3", "3");
    }

    @Test
    void nobody_but_administrators_sees_them() throws Exception {
        for (String path : List.of("/api/admin/overview/", "/api/admin/events/")) {
            assertThat(rest.get(path, CLIENT).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void a_browser_with_the_link_of_the_start_shows_it_all_and_takes_what_people_wrote_as_text() {
        try (Page page = open(ADMIN)) {
            await().untilAsserted(() -> assertThat(elements(page))
                    .contains("UP", "10-ticket-events", "ticket_created", "META 131026", "MISSING_FIELD", "WHATSAPP")
                    .contains("&lt;img src=x onerror=alert(1)&gt;")
                    .doesNotContain("<img", "#token="));
        }
    }

    @Test
    void an_event_is_explained_by_a_click() {
        try (Page page = open(ADMIN)) {
            page.click("#events button");

            await().untilAsserted(() -> assertThat(page.text("#detail"))
                    .contains("Event ", "urn:test", "tell ADMINS, over EMAIL, WHATSAPP, SYSTEM", "TOLD"));
        }
    }

    /** The last, since it changes what the others look at. */
    @Order(Integer.MAX_VALUE)
    @Test
    void an_order_means_what_the_form_says_when_it_is_given_and_is_given_once() {
        try (Page page = open(ADMIN)) {
            await().untilAsserted(() -> assertThat(page.text("#failures")).contains("META 131026"));
            page.type("#failures-channel", "WHATSAPP");
            page.click("#failures-find");
            page.until("document.getElementById('failures-Retry all').disabled === false");
            page.type("#failures-channel", "EMAIL");
            assertThat(page.evaluate("document.getElementById('failures-Retry all').disabled")
                            .asBoolean())
                    .as("what is listed is not what the form says now")
                    .isTrue();

            page.type("#failures-channel", "WHATSAPP");
            page.click("#failures-find");
            page.click("[id='failures-Retry all']");
            assertThat(page.text("#detail-title")).contains("with channel WHATSAPP?");
            page.evaluate("[1, 2].forEach(() => document.getElementById('carry-out').click())");

            await().untilAsserted(() -> assertThat(page.text("#detail-title")).isEqualTo("Done"));
            assertThat(hub.query("SELECT count(*) FROM audit WHERE action = 'retry'"))
                    .isEqualTo(1);
        }
        await().untilAsserted(
                        () -> assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'FAILED'"))
                                .isZero());
    }

    @Test
    void a_new_link_pasted_over_an_old_one_is_taken_and_leaves_the_address() {
        try (Page page = browsers.get(Browser.CHROMIUM).openElsewhere(hub.url("/operations/") + "#token=nonsense")) {
            await().untilAsserted(() -> assertThat(page.text("#trouble")).contains("not accepted"));
            page.evaluate("location.hash = 'token=" + Tokens.of(ADMIN) + "'");

            await().untilAsserted(() -> assertThat(page.text("#state")).startsWith("UP"));
            assertThat(page.evaluate("location.href").asText()).endsWith("/operations/");
        }
    }

    /** In a profile of its own, since the page keeps the token. */
    private Page open(int user) {
        return browsers.get(Browser.CHROMIUM).openElsewhere(hub.url("/operations/") + "#token=" + Tokens.of(user));
    }

    private static String elements(Page page) {
        return page.evaluate("document.documentElement.outerHTML").asText();
    }

    @Test
    void a_browser_with_a_token_that_is_none_or_nobodys_is_told_so() {
        try (Page nonsense = browsers.get(Browser.CHROMIUM).openElsewhere(hub.url("/operations/") + "#token=nonsense");
                Page client = open(CLIENT)) {
            await().untilAsserted(() -> assertThat(nonsense.text("#trouble")).contains("The token is not accepted"));
            await().untilAsserted(
                            () -> assertThat(client.text("#trouble")).contains("This page is for administrators"));
        }
    }

    private static JsonNode route(JsonNode now, String id) {
        return StreamSupport.stream(now.get("routes").spliterator(), false)
                .filter(route -> route.get("route").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
