package camelbell.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.dev.ReceivedMessages.Counts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudApiDoubleTest {

    private static final String TEMPLATE =
            """
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234","type":"template",
             "template":{"name":"ticket_created","language":{"policy":"deterministic","code":"en_US"},
              "components":[{"type":"body","parameters":[{"type":"text","text":"Homepage not loading"}]}]},
             "biz_opaque_callback_data":"4711"}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private CloudApiDouble cloud;

    @BeforeAll
    void start() {
        cloud = new CloudApiDouble("localhost", 0, "42", "secret", 3);
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    @BeforeEach
    void forget() {
        cloud.reset();
    }

    @Test
    void a_template_message_is_accepted_with_an_id() throws Exception {
        HttpResponse<String> answer = send(TEMPLATE);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject body = new JsonObject(answer.body());
        assertThat(body.getJsonArray("messages").getJsonObject(0).getString("id"))
                .startsWith("wamid.");
        assertThat(body.getJsonArray("contacts").getJsonObject(0).getString("wa_id"))
                .isEqualTo("16505551234");
        assertThat(cloud.counts()).isEqualTo(new Counts(1, 1, 1, 0));
    }

    @Test
    void the_same_callback_data_again_is_counted_as_a_duplicate() throws Exception {
        send(TEMPLATE);
        send(TEMPLATE);
        send(TEMPLATE.replace("4711", "4712"));

        assertThat(new JsonObject(get("/count")).getMap())
                .isEqualTo(Map.of("requests", 3, "accepted", 3, "distinct_callback_data", 2, "duplicates", 1));
    }

    @Test
    void all_is_counted_but_only_the_newest_is_kept() throws Exception {
        for (int i = 0; i < 5; i++) {
            send(TEMPLATE.replace("4711", "n" + i));
        }

        assertThat(cloud.counts().distinctCallbackData()).isEqualTo(5);
        assertThat(cloud.received(100)).hasSize(3);
        assertThat(get("/received?limit=1")).contains("\"n4\"").doesNotContain("\"n3\"", "secret");
    }

    @Test
    void a_wrong_or_missing_token_is_refused_as_meta_does() throws Exception {
        assertThat(error(post("/v23.0/42/messages", TEMPLATE, "Bearer other"))).isEqualTo(190);
        assertThat(post("/v23.0/42/messages", TEMPLATE, "Bearer other").statusCode())
                .isEqualTo(401);
        assertThat(post("/v23.0/42/messages", TEMPLATE, "").statusCode()).isEqualTo(401);
        assertThat(cloud.counts().accepted()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            textBlock =
                    """
                    "messaging_product":"whatsapp",|                | 131008
                    "whatsapp"              | "sms"                 | 100
                    "to":"16505551234",     |                       | 131008
                    "16505551234"           | "somebody"            | 131009
                    "name":"ticket_created",|                       | 131008
                    "code":"en_US"          |                       | 131008
                    Homepage not            | Homepage\\nnot        | 132018
                    Homepage not            | Homepage\\tnot        | 132018
                    Homepage not            | #Homepage     not#    | 132018
                    "Homepage not loading"  | ""                    | 131008
                    "type":"template"       | "type":"video"        | 131008
                    "to":"16505551234"      | "to":["16505551234"]  | 131009
                    """)
    void a_request_that_meta_would_refuse_is_refused(String part, String replacement, int code) throws Exception {
        HttpResponse<String> answer = send(TEMPLATE.replace(part, replacement == null ? "" : replacement)
                .replace("\"deterministic\",}", "\"deterministic\"}"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo(code);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("fbtrace_id"))
                .isNotBlank();
    }

    @Test
    void beyond_its_limits_it_refuses_as_meta_does_until_they_are_lifted() throws Exception {
        assertThat(post("/limits", "{\"pair_every_ms\":3600000,\"pair_burst\":2}", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(TEMPLATE).statusCode()).isEqualTo(200);
        assertThat(send(TEMPLATE).statusCode()).isEqualTo(200);
        assertThat(error(send(TEMPLATE))).isEqualTo(131056);
        assertThat(send(TEMPLATE.replace("16505551234", "16505551235")).statusCode())
                .isEqualTo(200);

        post("/limits", "{\"per_second\":1}", "");
        HttpResponse<String> refused = send(TEMPLATE);
        for (int i = 0; i < 100 && refused.statusCode() == 200; i++) {
            refused = send(TEMPLATE);
        }
        assertThat(error(refused)).isEqualTo(130429);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(post("/limits", "{\"per_second\":-1}", "").statusCode()).isEqualTo(400);

        cloud.reset();
        assertThat(send(TEMPLATE).statusCode()).isEqualTo(200);
        assertThat(send(TEMPLATE).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "190, 401",
        "10, 403",
        "250, 403",
        "4, 429",
        "130429, 429",
        "2, 503",
        "131000, 500",
        "132001, 404",
        "131026, 400"
    })
    void a_scripted_code_brings_its_own_status_and_words(int code, int status) throws Exception {
        post("/script", "{\"code\":" + code + "}", "");
        HttpResponse<String> answer = send(TEMPLATE);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer)).isEqualTo(code);
    }

    @Test
    void values_that_no_body_can_hold_are_refused() throws Exception {
        assertThat(send(TEMPLATE.replace("Homepage not loading", "😀".repeat(1024)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(error(send(TEMPLATE.replace("Homepage not loading", "😀".repeat(1025)))))
                .isEqualTo(132005);
    }

    @Test
    void what_is_no_json_and_another_number_are_refused() throws Exception {
        assertThat(error(send("not json"))).isEqualTo(100);
        assertThat(error(post("/v23.0/43/messages", TEMPLATE, "Bearer secret"))).isEqualTo(100);
    }

    @Test
    void a_script_for_one_number_goes_before_one_for_all_and_then_all_is_as_usual() throws Exception {
        assertThat(post("/script", "{\"status\":503,\"headers\":{\"Retry-After\":\"7\"}}", "")
                        .statusCode())
                .isEqualTo(204);
        cloud.script(Map.of("to", "16505551234", "code", 131056, "message", "Pair rate limit hit"));

        HttpResponse<String> forNumber = send(TEMPLATE);
        HttpResponse<String> forAll = send(TEMPLATE);

        assertThat(error(forNumber)).isEqualTo(131056);
        assertThat(forAll.statusCode()).isEqualTo(503);
        assertThat(forAll.headers().firstValue("Retry-After")).contains("7");
        assertThat(send(TEMPLATE).statusCode()).isEqualTo(200);
        assertThat(cloud.counts()).isEqualTo(new Counts(3, 1, 1, 0));
    }

    @Test
    void a_closed_connection_may_hide_that_the_message_was_accepted() throws Exception {
        cloud.script(Map.of("close", true, "accepted", true));
        assertThatThrownBy(() -> send(TEMPLATE)).isInstanceOf(IOException.class);
        send(TEMPLATE);

        assertThat(cloud.counts()).isEqualTo(new Counts(2, 2, 1, 1));
    }

    @Test
    void a_hanging_answer_never_comes() {
        cloud.script(Map.of("hang", true, "times", 0));

        Future<HttpResponse<String>> answer = client.sendAsync(
                request("/v23.0/42/messages", "Bearer secret")
                        .POST(BodyPublishers.ofString(TEMPLATE))
                        .build(),
                BodyHandlers.ofString());
        await().until(() -> cloud.counts().requests() == 1);
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        answer.cancel(true);
    }

    @Test
    void a_script_that_is_none_is_refused() throws Exception {
        assertThat(post("/script", "[1]", "").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> send(String body) throws Exception {
        return post("/v23.0/42/messages", body, "Bearer secret");
    }

    private HttpResponse<String> post(String path, String body, String authorization) throws Exception {
        return client.send(
                request(path, authorization).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        return client.send(request(path, "").GET().build(), BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.baseUrl() + path));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static int error(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error").getInteger("code");
    }
}
