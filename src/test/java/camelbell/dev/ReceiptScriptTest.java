package camelbell.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The double's receipts as they are asked for over HTTP, and as a webhook gets them. */
class ReceiptScriptTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final CloudApiDouble cloud = new CloudApiDouble("localhost", 0, "42", "secret", 10);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final HttpServer webhook;

    ReceiptScriptTest() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        webhook.createContext("/hook", call -> {
            byte[] body = call.getRequestBody().readAllBytes();
            String signature = "sha256=" + hmac(body);
            boolean signed = signature.equals(call.getRequestHeaders().getFirst("X-Hub-Signature-256"));
            calls.add((signed ? "" : "forged ") + told(new String(body, StandardCharsets.UTF_8)));
            int answer = status.get();
            call.sendResponseHeaders(answer, -1);
            call.close();
            answers.add(answer);
        });
    }

    @BeforeEach
    void start() {
        webhook.start();
    }

    @AfterEach
    void stop() {
        cloud.close();
        webhook.stop(0);
    }

    @Test
    void an_accepted_message_is_delivered_then_read_in_signed_calls_until_receipts_are_switched_off() throws Exception {
        assertThat(ask("POST", "/receipts", rules("")).statusCode()).isEqualTo(204);
        assertThat(ask("GET", "/receipts", "").body()).contains("\"delay_ms\"").doesNotContain("shared");
        message("12025550111", "one");
        await().untilAsserted(() -> assertThat(calls).containsExactly("one delivered", "one read"));

        assertThat(ask("DELETE", "/receipts", "").statusCode()).isEqualTo(204);
        message("12025550111", "two");
        assertThat(ask("POST", "/receipts", "{}").statusCode()).isEqualTo(204);
        message("12025550111", "three");
        await().untilAsserted(() -> assertThat(calls).contains("three read"));
        assertThat(calls).noneMatch(call -> call.startsWith("two"));
    }

    @Test
    void all_may_be_lost_or_come_twice_but_the_sure_number_is_always_heard_of_once() throws Exception {
        ask("POST", "/receipts", rules(",\"loss\":1"));
        message("12025550111", "lost");
        message("12025550190", "sure");
        await().untilAsserted(() -> assertThat(calls).containsExactly("sure delivered", "sure read"));

        ask("POST", "/receipts", "{\"loss\":0,\"duplicates\":1,\"shuffled\":true}");
        message("12025550111", "twice");
        await().untilAsserted(() -> assertThat(calls)
                .filteredOn(call -> call.startsWith("twice"))
                .containsExactlyInAnyOrder("twice delivered", "twice delivered", "twice read", "twice read"));
    }

    @Test
    void a_call_that_is_not_acknowledged_comes_again() throws Exception {
        status.set(500);
        ask("POST", "/receipts", rules(""));
        message("12025550191", "again");
        await().until(() -> answers.contains(500));
        status.set(200);
        await().until(() -> answers.contains(200));
        assertThat(calls).containsOnly("again failed");
    }

    @Test
    void rules_without_a_webhook_or_with_nonsense_are_refused_with_a_sentence() throws Exception {
        assertThat(ask("POST", "/receipts", "{}").body()).contains("app_secret");
        assertThat(ask("POST", "/receipts", "not json").statusCode()).isEqualTo(400);
        assertThat(ask("POST", "/receipts", rules(",\"loss\":2")).body()).contains("between 0 and 1");
    }

    private String rules(String more) {
        return "{\"url\":\"http://localhost:" + webhook.getAddress().getPort() + "/hook\",\"app_secret\":\"shared\""
                + more + "}";
    }

    private static String hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String told(String body) {
        JsonObject status = new JsonObject(body)
                .getJsonArray("entry")
                .getJsonObject(0)
                .getJsonArray("changes")
                .getJsonObject(0)
                .getJsonObject("value")
                .getJsonArray("statuses")
                .getJsonObject(0);
        return status.getString("biz_opaque_callback_data") + " " + status.getString("status");
    }

    private void message(String to, String callback) throws IOException, InterruptedException {
        assertThat(ask(
                                "POST",
                                "/v23.0/42/messages",
                                """
                                {"messaging_product":"whatsapp","to":"%s","type":"text","text":{"body":"hello"},
                                "biz_opaque_callback_data":"%s"}"""
                                        .formatted(to, callback))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.baseUrl() + path))
                .header("Authorization", "Bearer secret")
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
