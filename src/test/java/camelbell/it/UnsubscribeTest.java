package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the header of a mail that arrived to the row that is skipped, and back. */
class UnsubscribeTest {

    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // filled before the first test
    private static Hub hub;

    @BeforeAll
    static void start() {
        // the port is known only once the hub listens; nothing but the path of the link is used
        hub = new Hub("camelbell.http.public-url=https://hub.example.org", "camelbell.directory.staleness=1ms");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void one_click_skips_later_mail_and_the_same_link_brings_it_back() throws Exception {
        person(1, "en");
        event("one-1");
        settled("one-1", "1 EMAIL SENT", "1 SYSTEM SENT", "1 WHATSAPP SENT");
        String path = linkIn(mailTo("u1@example.org"));

        assertThat(get(path).body()).contains("Stop the notifications").contains("<html lang=\"en\">");
        event("one-2");
        settled("one-2", "1 EMAIL SENT", "1 SYSTEM SENT", "1 WHATSAPP SENT");

        for (int times = 0; times < 2; times++) {
            HttpResponse<String> answer = post(path, "List-Unsubscribe=One-Click");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        }
        event("one-3");
        settled("one-3", "1 EMAIL SKIPPED OPTED_OUT", "1 SYSTEM SENT", "1 WHATSAPP SENT");
        assertThat(new Rest(hub)
                        .get("/api/admin/explain/?source=urn:test&id=one-3", 1)
                        .body())
                .contains("\"SKIPPED\"", "\"OPTED_OUT\"");
        assertThat(new Rest(hub)
                        .get("/api/notifications/?status=SKIPPED", 1)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);

        assertThat(get(path).body()).contains("Get them again");
        assertThat(post(path + "/resubscribe", "").body()).contains("this way again");
        event("one-4");
        settled("one-4", "1 EMAIL SENT", "1 SYSTEM SENT", "1 WHATSAPP SENT");
        gone(1);
    }

    @Test
    void a_form_in_parts_is_one_click_too_and_nothing_but_post_changes_anything() throws Exception {
        person(4, "en");
        event("parts-1");
        settled("parts-1", "4 EMAIL SENT", "4 SYSTEM SENT", "4 WHATSAPP SENT");
        String path = linkIn(mailTo("u4@example.org"));

        for (String method : List.of("HEAD", "OPTIONS", "DELETE", "PATCH")) {
            send(method, path, "");
        }
        assertThat(get(path + "/resubscribe").statusCode()).isIn(404, 405);
        assertThat(get(path).body()).contains("Stop the notifications");

        HttpRequest parts = HttpRequest.newBuilder(URI.create(hub.url(path)))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(
                        """
                        --b
                        Content-Disposition: form-data; name="List-Unsubscribe"

                        One-Click
                        --b--
                        """
                                .replace("\n", "\r\n")))
                .build();
        assertThat(BROWSER.send(parts, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(get(path).body()).contains("Get them again");
        gone(4);
    }

    @Test
    void a_delivery_that_waits_for_another_attempt_is_skipped_when_its_time_comes() throws Exception {
        person(2, "de-AT");
        event("wait-0");
        settled("wait-0", "2 EMAIL SENT", "2 SYSTEM SENT", "2 WHATSAPP SENT");
        String path = linkIn(mailTo("u2@example.org"));
        assertThat(get(path).body()).contains("<html lang=\"de\">", "Benachrichtigungen abbestellen", "E-Mail");
        hub.mailbox().refuse("u2@example.org", "450 4.2.0 come back later");
        event("wait-1");
        await().until(() -> hub.jdbc()
                        .sql("SELECT count(*) FROM attempt WHERE reason LIKE 'SMTP 450%'")
                        .query(Long.class)
                        .single()
                > 0);
        long mails = hub.mailbox().counts().messages();

        post(path, "List-Unsubscribe=One-Click");
        hub.mailbox().accept("u2@example.org");
        hub.change("UPDATE delivery SET ready_at = now(), due_at = now()");

        settled("wait-1", "2 EMAIL SKIPPED OPTED_OUT", "2 SYSTEM SENT", "2 WHATSAPP SENT");
        assertThat(hub.mailbox().counts().messages()).isEqualTo(mails);
        assertThat(hub.jdbc()
                        .sql("SELECT unread FROM inbox WHERE recipient = 2 AND channel = 'EMAIL'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        gone(2);
    }

    @Test
    void a_link_that_is_not_ours_changes_nothing_and_says_so() throws Exception {
        for (String token : List.of("x", "A".repeat(40), "..%2f..", "%3Cscript%3E")) {
            HttpResponse<String> answer = post("/u/" + token, "List-Unsubscribe=One-Click");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("<script");
            assertThat(get("/u/" + token).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void when_the_opt_out_cannot_be_stored_nobody_is_told_that_it_was() throws Exception {
        person(3, "en");
        event("away-1");
        settled("away-1", "3 EMAIL SENT", "3 SYSTEM SENT", "3 WHATSAPP SENT");
        String path = linkIn(mailTo("u3@example.org"));
        hub.change("ALTER TABLE opt_out RENAME TO away");
        try {
            HttpResponse<String> answer = post(path, "List-Unsubscribe=One-Click");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("nothing has changed");
        } finally {
            hub.change("ALTER TABLE away RENAME TO opt_out");
        }
        assertThat(get(path).body()).contains("Stop the notifications");
        assertThat(send("PUT", path, "").statusCode()).isEqualTo(405);
        gone(3);
    }

    private static void person(int id, String locale) {
        hub.post(
                "users",
                "" + id,
                """
                {"id":%d,"username":"u%d","name":"","role":"ADMIN","locale":"%s","email":"u%d@example.org",
                "whatsapp_number":"+1555000000%d"}"""
                        .formatted(id, id, locale, id, id));
        hub.flush();
    }

    private static void gone(int id) {
        hub.post("users", "" + id, null);
        hub.flush();
    }

    private static void event(String id) {
        hub.post(
                "ticket-events",
                "63",
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_created","data":{"ticket":{"id":63,
                "title":"Down","priority":"LOW","category":"BUG","status":"NEW","created_by":9,"project_name":"Main",
                "created_at":"2026-01-01T00:00:00Z"}}}"""
                        .formatted(id));
        hub.flush();
    }

    private static void settled(String event, String... rows) {
        await().untilAsserted(() -> assertThat(hub.jdbc()
                        .sql("SELECT concat_ws(' ', l.recipient, l.channel, l.status, l.reason) FROM notification_log l"
                                + " JOIN ticket_event e ON e.id = l.event WHERE e.event_id = ? ORDER BY 1")
                        .param(event)
                        .query(String.class)
                        .list())
                .containsExactly(rows));
    }

    private static MimeMessage mailTo(String address) {
        return hub.mailbox().newest(100).stream()
                .filter(mail -> address.equals(header(mail, "To")))
                .findFirst()
                .orElseThrow();
    }

    private static String linkIn(MimeMessage mail) throws MessagingException {
        String header = String.valueOf(header(mail, "List-Unsubscribe"));
        assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(header).matches("<https://hub\\.example\\.org/u/[0-9A-Za-z_-]+>");
        return header.substring("<https://hub.example.org".length(), header.length() - 1);
    }

    private static @Nullable String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name, null);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private static HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return send("POST", path, form);
    }

    private static HttpResponse<String> send(String method, String path, String form)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
                .build();
        return BROWSER.send(request, BodyHandlers.ofString());
    }
}
