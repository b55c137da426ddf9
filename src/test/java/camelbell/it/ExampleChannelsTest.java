package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Certificates;
import camelbell.dev.ScriptedGateway;
import camelbell.dev.ScriptedGateway.Received;
import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each channel of routes/examples, added to a whole hub as its README says, before a provider that answers by script. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class ExampleChannelsTest {

    @TempDir
    private Path folder;

    private int events;

    @Test
    void a_text_message_gateway_gets_a_form_and_its_answers_mean_what_the_table_says() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(null);
                Hub hub = new Hub(settings(
                        "SMS",
                        gateway,
                        Map.of(
                                "url", gateway.url("/Messages.json"),
                                "username", "AC1",
                                "password", "#s3cret?&+%",
                                "from", "+15550009999")))) {
            assertThat(startOrder(hub))
                    .containsSubsequence("settle", "channel-sms-attempt", "channel-sms", "fan-out", "ticket-events");
            gateway.usually(201, "{\"sid\":\"SM1\"}");
            person(hub, "sms_number", "+1 (555) 000-0001");

            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SENT");
            Received request = gateway.received().get(0);
            assertThat(request.headers())
                    .containsEntry("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .containsEntry("authorization", "Basic " + base64("AC1:#s3cret?&+%"));
            assertThat(request.body())
                    .isEqualTo("Body=Your+ticket+has+been+opened%3A+%3C%21channel%3E+%26+more"
                            + "+http%3A%2F%2Flocalhost%3A3000%2Ftickets%2F1&From=%2B15550009999&To=%2B15550000001");

            gateway.next(503, "", Map.of());
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SENT after 2");
            gateway.next(429, "", Map.of("Retry-After", "1"));
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SENT after 2");
            gateway.next(401, "", Map.of());
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SENT after 2");
            assertThat(hub.jdbc()
                            .sql("SELECT count(*) FROM attempt WHERE outcome = 'STOPPED'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            gateway.next(400, "{\"code\":21211}", Map.of());
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("FAILED CODE 21211");

            Rest.Answer page = new Rest(hub).get("/api/notifications/?page=1&notification_type=SMS", 1);
            assertThat(page.json().at("/results/0/notification_type_display").asText())
                    .isEqualTo("Text message");
            assertThat(new Rest(hub)
                            .get("/api/notifications/unread_count/", 1)
                            .json()
                            .at("/by_type/SMS")
                            .asInt())
                    .isEqualTo(5);

            gateway.next(400, "{\"code\":21610}", Map.of());
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("FAILED CODE 21610");
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SKIPPED ADDRESS_BOUNCED");
        }
    }

    @Test
    void a_persons_slack_webhook_gets_one_text_in_which_nobody_is_mentioned(CapturedOutput output) throws Exception {
        Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("tls")));
        try (ScriptedGateway slack =
                        new ScriptedGateway(certificates.context(certificates.issue("slack", "localhost")));
                Hub hub = new Hub(settings(
                        "SLACK",
                        slack,
                        Map.of(
                                "hosts", "localhost",
                                "networks", "127.0.0.0/8",
                                "trust", certificates.authority().toString())))) {
            slack.usually(200, "ok");
            person(hub, "slack_url", slack.url("/services/T0/B0/verysecretpath"));

            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("SENT");
            assertThat(slack.received().get(0).path()).isEqualTo("/services/T0/B0/verysecretpath");
            assertThat(slack.received().get(0).body())
                    .isEqualTo("{\"text\":\"Your ticket has been opened: &lt;!channel&gt; &amp; more"
                            + " <http://localhost:3000/tickets/1>\"}");

            slack.next(429, "", Map.of("Retry-After", "1"));
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("SENT after 2");
            slack.next(404, "no_service", Map.of());
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("FAILED HTTP 404");
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("SKIPPED ADDRESS_BOUNCED");

            person(hub, "slack_url", "https://169.254.169.254/latest/meta-data/");
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("FAILED ADDRESS_FORBIDDEN");

            person(hub, "slack_url", "https://localhost:9/anothersecret");
            post(hub);
            await().until(() -> hub.query("SELECT count(*) FROM attempt WHERE reason = 'HTTP CONNECT'") > 0);
            assertThat(output).doesNotContain("localhost:9", "anothersecret", "HttpHostConnectException");

            String explained = new Rest(hub)
                    .get("/api/admin/explain/?id=e1&source=urn:example", 99)
                    .body();
            assertThat(explained).contains("\"SLACK\"").doesNotContain("verysecretpath");
            assertThat(output).doesNotContain("verysecretpath");
        }
    }

    @Test
    void a_webhook_is_signed_for_both_secrets_and_has_one_id_over_all_attempts() throws Exception {
        String newer = "whsec_" + base64("a new secret of 30 bytes, yes!");
        String older = "whsec_" + base64("the old secret of 29 bytes...");
        Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("tls")));
        try (ScriptedGateway receiver =
                        new ScriptedGateway(certificates.context(certificates.issue("receiver", "localhost")));
                Hub hub = new Hub(settings(
                        "WEBHOOK",
                        receiver,
                        Map.of(
                                "hosts",
                                "localhost",
                                "networks",
                                "127.0.0.0/8",
                                "trust",
                                certificates.authority().toString(),
                                "secrets",
                                newer + " " + older)))) {
            receiver.usually(204, "");
            receiver.next(503, "", Map.of());
            person(hub, "webhook_url", receiver.url("/hook"));

            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("SENT after 2");
            for (Received request : receiver.received()) {
                for (String secret : List.of(newer, older)) {
                    Map<String, List<String>> headers = request.headers().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
                    new Webhook(secret).verify(request.body(), headers);
                }
            }
            assertThat(receiver.received())
                    .extracting(one -> one.headers().get("webhook-id"))
                    .containsOnly(receiver.received().get(0).headers().get("webhook-id"));
            assertThat(receiver.received().get(0).body())
                    .startsWith("{\"data\":{\"link\":\"http://localhost:3000/tickets/1\",\"message\":")
                    .contains("\"person\":1,", "\"timestamp\":\"2026-03-01T10:00:00Z\",\"type\":\"ticket_opened\"}");

            receiver.next(410, "", Map.of());
            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("FAILED HTTP 410");
            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("SKIPPED ADDRESS_BOUNCED");
        }
    }

    @Test
    void a_property_that_a_provider_does_not_have_is_named_without_its_value(CapturedOutput output) throws Exception {
        ExampleChannel slack = ExampleChannel.in(folder.resolve("routes"), "SLACK");
        Path file = slack.folder().resolve("54-channel-slack.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("hosts: \"{{", "hots: \"{{"));

        assertThatThrownBy(() -> new Hub(slack.setting(), "camelbell.channels.slack.hosts=a-value-of-somebodys"))
                .isNotNull();

        assertThat(output)
                .contains(
                        "54-channel-slack.camel.yaml:", "bean slackProvider has no property hots; did you mean hosts?")
                .doesNotContain("a-value-of-somebodys", "\tat org.apache.camel");
    }

    @Test
    void a_key_that_is_missing_is_named_without_a_trace(CapturedOutput output) throws Exception {
        String routes = ExampleChannel.in(folder.resolve("routes"), "SLACK").setting();

        assertThatThrownBy(() -> new Hub(routes)).isNotNull();

        assertThat(output)
                .contains(
                        "camelbell.channels.slack.hosts is not set, and a route file needs it: set it, for instance as"
                                + " the environment variable CAMELBELL_CHANNELS_SLACK_HOSTS.")
                .doesNotContain("\tat org.apache.camel");
    }

    private String[] settings(String code, ScriptedGateway gateway, Map<String, String> keys) throws Exception {
        String prefix = "camelbell.channels." + code.toLowerCase(Locale.ROOT) + ".";
        assertThat(gateway.received()).isEmpty();
        return Stream.concat(
                        Stream.of(ExampleChannel.in(folder.resolve("routes"), code)
                                .setting()),
                        keys.entrySet().stream().map(key -> prefix + key.getKey() + "=" + key.getValue()))
                .toArray(String[]::new);
    }

    private void person(Hub hub, String field, String address) {
        hub.post(
                "users",
                "1",
                "{\"id\":1,\"username\":\"ann\",\"name\":\"Ann\",\"role\":\"CLIENT\",\"%s\":\"%s\"}"
                        .formatted(field, address));
        hub.post("users", "99", "{\"id\":99,\"username\":\"root\",\"name\":\"\",\"role\":\"ADMIN\"}");
        hub.flush();
        await().until(() ->
                hub.query("SELECT count(*) FROM person WHERE id = 1 AND contacts::text LIKE '%" + field + "%'") == 1);
    }

    /** Posts one more event for the person, and answers how its delivery over the channel ended. */
    private String endOf(Hub hub, ScriptedGateway gateway, String code) {
        int before = gateway.received().size();
        String id = post(hub);
        List<String> ends = new ArrayList<>();
        await().untilAsserted(() -> {
            ends.clear();
            ends.addAll(hub.jdbc()
                    .sql(
                            """
                            SELECT concat_ws(' ', n.status, n.reason) FROM notification_log n JOIN ticket_event e ON e.id = n.event
                            WHERE e.event_id = ? AND n.channel = ? AND n.status <> 'PENDING'
                            """)
                    .params(id, code)
                    .query(String.class)
                    .list());
            assertThat(ends).hasSize(1);
        });
        int attempts = gateway.received().size() - before;
        return ends.get(0) + (attempts > 1 ? " after " + attempts : "");
    }

    private static List<String> startOrder(Hub hub) {
        return hub.bean(CamelContext.class).getCamelContextExtension().getRouteStartupOrder().stream()
                .map(order -> order.getRoute().getRouteId())
                .toList();
    }

    private String post(Hub hub) {
        String id = "e" + ++events;
        hub.post("ticket-events", "1", event(id));
        hub.flush();
        return id;
    }

    private static String event(String id) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:example","type":"ticket_opened","subject":"1",
                 "time":"2026-03-01T10:00:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":1,"title":"<!channel> & more","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":1,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}"""
                .formatted(id);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
