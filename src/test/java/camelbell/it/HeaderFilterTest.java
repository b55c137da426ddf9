package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Names on which Camel's components act, sent in at every entrance of a whole hub: nobody acts on them. */
class HeaderFilterTest {

    private static final String EVIL = "evil-by-header";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void what_a_stranger_sends_as_headers_steers_nothing() throws Exception {
        try (Hub hub = new Hub();
                ServerSocket trap = new ServerSocket(0)) {
            Map<String, String> evil = evil(trap.getLocalPort());
            notice(hub, evil);
            await().untilAsserted(() -> assertThat(sent(hub)).isEqualTo(4));

            assertMails(hub);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(2);
            assertThat(hub.whatsapp().received(10).toString()).doesNotContain(EVIL);
            assertAnswers(hub, evil);
            assertFrames(hub, evil);
            assertThat(topics(hub)).noneMatch(topic -> topic.contains(EVIL));
            assertThat(Files.exists(Path.of(EVIL))).isFalse();
            trap.setSoTimeout(500);
            assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static Map<String, String> evil(int trap) {
        Map<String, String> evil = new LinkedHashMap<>();
        evil.put("mail.smtp.host", "localhost");
        evil.put("mail.smtp.port", String.valueOf(trap));
        evil.put("mail.smtp.socks.host", "localhost");
        evil.put("To", EVIL + "@example.org");
        evil.put("Bcc", EVIL + "@example.org");
        evil.put("Subject", EVIL);
        evil.put("X-Other", EVIL);
        evil.put("CamelHttpUri", "http://localhost:" + trap + "/" + EVIL);
        evil.put("CamelHttpPath", EVIL);
        evil.put("CamelHttpMethod", "DELETE");
        evil.put("CamelHttpResponseCode", "418");
        evil.put("kafka.OVERRIDE_TOPIC", EVIL);
        evil.put("kafka.TOPIC", EVIL);
        evil.put("CamelVertxWebsocket.sendToAll", "true");
        evil.put("CamelVertxWebsocket.connectionKey", EVIL);
        evil.put("CamelFileName", EVIL);
        evil.put("CamelJpaParameters", EVIL);
        evil.put("CamelBeanMethodName", "toString");
        evil.put("Long-Running-Action", "http://localhost:" + trap + "/" + EVIL);
        return evil;
    }

    private static void notice(Hub hub, Map<String, String> evil) {
        for (int id = 1; id <= 2; id++) {
            hub.post(
                    "users",
                    String.valueOf(id),
                    "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"email\":\"u%d@example.org\",\"whatsapp_number\":\"+1555000000%d\"}"
                            .formatted(id, id, id, id),
                    evil);
        }
        hub.flush();
        hub.post(
                "ticket-events",
                "63",
                """
                {"specversion":"1.0","id":"e1","source":"urn:test","type":"ticket_created","subject":"63",
                 "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":63,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":9,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"},"actor":9,"assignees":[]}}""",
                evil);
        hub.flush();
    }

    private static long sent(Hub hub) {
        return hub.jdbc()
                .sql("SELECT count(*) FROM notification_log WHERE status = 'SENT' AND channel <> 'SYSTEM'")
                .query(Long.class)
                .single();
    }

    private static void assertMails(Hub hub) throws Exception {
        List<String> to = new CopyOnWriteArrayList<>();
        for (MimeMessage mail : hub.mailbox().newest(10)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            assertThat(bytes.toString(StandardCharsets.UTF_8))
                    .doesNotContain(EVIL, "mail.smtp", "CamelH", "CamelV", "CamelF", "kafka.", "X-Other", "Bcc");
            assertThat(mail.getAllRecipients()).hasSize(1);
            to.add(mail.getAllRecipients()[0].toString());
        }
        assertThat(to).containsExactlyInAnyOrder("u1@example.org", "u2@example.org");
    }

    private static void assertAnswers(Hub hub, Map<String, String> evil) throws Exception {
        String form = evil.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String json = evil.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        String path = "http://localhost:" + hub.port() + "/api/notifications/";
        List<HttpRequest.Builder> calls = List.of(
                request(path + "?page_size=1", evil),
                request(path + "unread_count/?" + form, evil),
                request(path + "1/mark_as_read/?" + form, evil).POST(BodyPublishers.ofString(json)),
                request(path + "mark_all_as_read/", evil)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)),
                request(path + "ws_ticket/?" + form, evil)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
        for (HttpRequest.Builder call : calls) {
            HttpResponse<String> answer = CLIENT.send(call.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isIn(200, 404);
            assertThat(answer.body()).startsWith("{").doesNotContain(EVIL);
            assertThat(answer.headers().map().toString().toLowerCase(Locale.ROOT))
                    .doesNotContain(EVIL, "camel", "kafka", "mail.smtp", "bcc", "x-other", "bearer");
        }
    }

    private static HttpRequest.Builder request(String uri, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + Tokens.of(1));
        headers.forEach(request::header);
        return request;
    }

    private static void assertFrames(Hub hub, Map<String, String> evil) throws Exception {
        String query = evil.entrySet().stream()
                .map(entry -> "&" + entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        try (WebSocketClient other = open(hub, 2, "", Map.of());
                WebSocketClient stranger = open(hub, 1, query, evil)) {
            stranger.send("{\"type\":\"ping\",\"timestamp\":\"" + EVIL
                    + "\",\"CamelVertxWebsocket.sendToAll\":true,\"kafka.TOPIC\":\"x\"}");
            await().untilAsserted(() -> assertThat(stranger.frames("pong")).isNotEmpty());
            other.send("{\"type\":\"ping\",\"timestamp\":7}");
            await().untilAsserted(() -> assertThat(other.frames("pong")).isNotEmpty());
            assertThat(other.frames().toString()).doesNotContain(EVIL);
            assertThat(stranger.frames().get(0).path("user_id").asLong()).isEqualTo(1);
        }
    }

    private static WebSocketClient open(Hub hub, long user, String query, Map<String, String> headers)
            throws Exception {
        return WebSocketClient.open(hub.port(), "?token=" + Tokens.of(user) + query, builder -> {
            headers.forEach(builder::header);
            return builder;
        });
    }

    private static Set<String> topics(Hub hub) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", hub.property("camelbell.kafka.brokers")))) {
            return admin.listTopics().names().get();
        }
    }
}
