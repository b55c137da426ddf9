package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playground's buttons, pressed as its page presses them, on a whole hub. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaygroundTest {

    private static final long ADMIN = 1;
    private static final long CLIENT = 3;
    private static final long DEVELOPER = 4;
    private static final String AT_ONCE = "Pressed at once";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

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
    void the_seven_events_of_a_ticket_reach_three_people_over_every_channel() throws Exception {
        long ticket = open(HOSTILE);
        long mails = hub.mailbox().counts().messages();
        for (JsonNode step : hub.state().get("steps")) {
            if (!type(step).equals("ticket_rejected")) { // which comes instead of the one before
                assertThat(state(ticket).at("/ticket/next").toString()).contains(type(step));
            }
            press(ticket, type(step));
        }

        JsonNode after = state(ticket).get("ticket");
        assertThat(after.get("title").asText()).isEqualTo(HOSTILE);
        assertThat(after.get("status").asText()).isEqualTo("REJECTED");
        assertThat(after.get("assignees")).hasToString("[" + DEVELOPER + "]");
        await().untilAsserted(() -> {
            assertThat(inbox(ADMIN, ticket))
                    .containsExactly("ticket_rejected", "ticket_approved", "work_finished", "ticket_created");
            assertThat(inbox(CLIENT, ticket)).containsExactly("work_finished", "work_started", "ticket_opened");
            assertThat(inbox(DEVELOPER, ticket))
                    .containsExactly("ticket_rejected", "ticket_approved", "ticket_assigned");
            assertThat(hub.mailbox().counts().messages()).isEqualTo(mails + 8);
            assertThat(hub.state().at("/mails/newest/0/subject").asText()).isEqualTo("[#" + ticket + "] " + HOSTILE);
            List<JsonNode> messages = messages(HOSTILE);
            assertThat(messages).hasSize(14);
            assertThat(messages).allSatisfy(one -> {
                assertThat(one.get("text").asText()).contains(HOSTILE);
                assertThat(one.get("receipt").asText()).isEqualTo("read");
            });
        });
    }

    private List<JsonNode> messages(String title) throws Exception {
        return StreamSupport.stream(hub.state().get("messages").spliterator(), false)
                .filter(one -> one.get("text").asText().contains(title))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"mail, EMAIL, SMTP CONNECT", "whatsapp, WHATSAPP, META 130429"})
    void what_is_broken_waits_is_tried_again_and_arrives_once_it_is_mended(String name, String channel, String reason)
            throws Exception {
        hub.press("POST", "/breaks/" + name, "");
        long ticket = open("");
        String event = press(ticket, "ticket_opened");

        await().untilAsserted(() -> {
            JsonNode waiting = over(channel, event);
            assertThat(waiting.get("status").asText()).isEqualTo("PENDING");
            assertThat(waiting.get("attempts").size()).isGreaterThan(1);
            assertThat(waiting.at("/attempts/1/reason").asText()).startsWith(reason);
            assertThat(waiting.hasNonNull("next_attempt_at")).isTrue();
        });
        assertThat(over("SYSTEM", event).get("status").asText()).isEqualTo("SENT");
        assertThat(hub.state().at("/breaks/" + name).asBoolean()).isTrue();

        hub.press("DELETE", "/breaks/" + name, "");
        assertThat(hub.state().at("/breaks/" + name).asBoolean()).isFalse();
        await().untilAsserted(() ->
                assertThat(over(channel, event).get("status").asText()).isIn("SENT", "DELIVERED", "READ"));
    }

    @Test
    void a_connection_that_is_cut_reaches_nothing_and_has_all_that_came_once_it_is_mended() throws Exception {
        String url = hub.state().at("/people/1/hub").asText();
        hub.press("POST", "/breaks/connection-" + CLIENT, "");
        long ticket = open("");
        press(ticket, "ticket_opened");

        await().untilAsserted(() -> assertThat(inbox(CLIENT, ticket)).isNotEmpty());
        assertThatThrownBy(() -> hub.asked(url, CLIENT, "/api/notifications/")).isInstanceOf(IOException.class);
        hub.press("DELETE", "/breaks/connection-" + CLIENT, "");
        assertThat(hub.asked(url, CLIENT, "/api/notifications/")
                        .at("/results/0/ticket")
                        .isMissingNode())
                .isFalse();
    }

    @Test
    void buttons_that_are_pressed_at_once_all_stay_with_the_ticket() throws Exception {
        long ticket = open(AT_ONCE);

        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> assertThatCode(() -> press(ticket, i % 2 == 0 ? "ticket_opened" : "work_started"))
                                        .doesNotThrowAnyException()))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(state(ticket).at("/ticket/happened")).hasSize(8);
        await().untilAsserted(
                        () -> { // other tests count what comes
                            assertThat(messages(AT_ONCE)).hasSize(8);
                            assertThat(hub.state().at("/mails/newest").findValuesAsText("subject"))
                                    .filteredOn(subject -> subject.contains(AT_ONCE))
                                    .hasSize(8);
                        });
    }

    @Test
    void tickets_outlive_the_page_and_one_that_is_not_known_is_none() throws Exception {
        long ticket = open("Kept");

        assertThat(state(ticket).at("/ticket/title").asText()).isEqualTo("Kept");
        assertThat(state(63).get("ticket").isNull()).isTrue();
        HttpResponse<String> page = PlaygroundHub.send("GET", hub.url("/tickets/" + ticket), "");
        assertThat(page.body()).contains("/playground/playground.js", hub.hubUrl("/bell/camelbell-bell.js"));
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .startsWith("default-src 'none'; script-src 'self' " + hub.hubUrl("") + ";")
                .doesNotContain("unsafe"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /state",
                "GET /token/1",
                "POST /tickets",
                "POST /tickets/101/ticket_created",
                "POST /breaks/mail"
            })
    void no_other_site_reads_a_token_or_presses_a_button(String call) throws Exception {
        String method = call.substring(0, call.indexOf(' '));
        String url = hub.url(call.substring(call.indexOf(' ') + 1));

        assertThat(PlaygroundHub.send(method, url, "", "Host", "evil.example:" + hub.port())
                        .statusCode())
                .isEqualTo(403);
        assertThat(PlaygroundHub.send(method, url, "", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(PlaygroundHub.send(method, url, "", "Origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(PlaygroundHub.send(method, url, "", "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(hub.state().at("/breaks/mail").asBoolean()).isFalse();
    }

    @Test
    void a_browser_that_comes_to_the_hub_is_told_where_to_go_and_nobody_else_is() throws Exception {
        String root = hub.hubUrl("/");
        HttpResponse<String> page =
                PlaygroundHub.send("GET", root, "", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("href=\"" + hub.url("/") + "\"", "href=\"/api/docs/\"", "href=\"/operations/\"");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none';"));
        assertThat(PlaygroundHub.send("GET", root, "").statusCode()).isEqualTo(404);
        assertThat(PlaygroundHub.send("GET", root, "", "Accept", "application/json")
                        .statusCode())
                .isEqualTo(404);
        assertThat(PlaygroundHub.send("POST", root, "", "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    private static String type(JsonNode step) {
        return step.get("type").asText();
    }

    private long open(String title) throws Exception {
        return hub.press("POST", "/tickets", "{\"title\":\"" + title + "\"}")
                .get("id")
                .asLong();
    }

    /** The event's id. */
    private String press(long ticket, String type) throws Exception {
        JsonNode events =
                hub.press("POST", "/tickets/" + ticket + "/" + type, "").get("happened");
        return events.get(events.size() - 1).get("id").asText();
    }

    private JsonNode state(long ticket) throws Exception {
        return hub.press("GET", "/state?ticket=" + ticket, "");
    }

    /** The types of what that person was told of the ticket, newest first. */
    private List<String> inbox(long person, long ticket) throws Exception {
        JsonNode page = hub.asked(hub.hubUrl(""), person, "/api/notifications/?page_size=100");
        return StreamSupport.stream(page.get("results").spliterator(), false)
                .filter(one -> one.get("ticket").asLong() == ticket
                        && one.get("notification_type").asText().equals("SYSTEM"))
                .map(one -> one.get("event_type").asText())
                .toList();
    }

    /** The first person's notification of the event over that channel, as operators see it. */
    private JsonNode over(String channel, String event) throws Exception {
        JsonNode told =
                hub.asked(hub.hubUrl(""), ADMIN, "/api/admin/explain/?source=urn:camelbell:playground&id=" + event);
        return StreamSupport.stream(told.at("/people/0/notifications").spliterator(), false)
                .filter(one -> one.get("channel").asText().equals(channel))
                .findFirst()
                .orElseThrow(() -> new AssertionError(told.toString()));
    }
}
