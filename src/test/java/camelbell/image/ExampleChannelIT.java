package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Certificates;
import camelbell.dev.Ports;
import camelbell.dev.ScriptedGateway;
import camelbell.dev.ScriptedGateway.Received;
import camelbell.it.ExampleChannel;
import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each channel of routes/examples in the packaged jar, added to a copy of routes/ as its README says, before a provider that
 * answers by script: whoever adds a channel has nothing else.
 */
class ExampleChannelIT {

    private static final Pattern OPT_OUT = Pattern.compile("https://hub\\.example\\.org(/u/[0-9A-Za-z_-]+)");
    private static final String SIGNED_BY = "whsec_" + base64("a new secret of 30 bytes, yes!");
    private static final String SIGNED_BEFORE_BY = "whsec_" + base64("the old secret of 29 bytes...");

    @TempDir
    private Path folder = Path.of("");

    private int events;
    private int requests;

    @Test
    void a_text_message_gateway_gets_a_form_and_its_answers_mean_what_the_table_says() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(null);
                PackagedHub hub = hub(
                        "SMS",
                        Map.of(
                                "url", gateway.url("/Messages.json"),
                                "username", "AC1",
                                "password", "#s3cret?&+%",
                                "from", "+15550009999"))) {
            gateway.usually(201, "{\"sid\":\"SM1\"}");
            person(hub, "sms_number", "+1 (555) 000-0001");

            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SENT");

            Received request = gateway.received().get(0);
            assertThat(request.headers())
                    .containsEntry("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .containsEntry("authorization", "Basic " + base64("AC1:#s3cret?&+%"));
            assertThat(decoded(request))
                    .startsWith("Body=Your ticket has been opened: <!channel> & more http://localhost:3000/tickets/1 ")
                    .endsWith("&From=+15550009999&To=+15550000001");
            keepsWhatEveryChannelPromises(hub, gateway, "SMS", "Text message", "SLOWED", "STOPPED");

            gateway.next(400, "{\"code\":21610}", Map.of());
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("FAILED CODE 21610");
            assertThat(endOf(hub, gateway, "SMS")).isEqualTo("SKIPPED ADDRESS_BOUNCED");
            assertThat(gateway.received()).hasSize(requests);
            assertThat(hub.log()).doesNotContain("s3cret", "5550000001");
        }
    }

    @Test
    @Tag("long")
    void a_persons_slack_webhook_gets_one_text_in_which_nobody_is_mentioned() throws Exception {
        Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("tls")));
        String nobody = "localhost:" + Ports.free();
        try (ScriptedGateway slack =
                        new ScriptedGateway(certificates.context(certificates.issue("slack", "localhost")));
                PackagedHub hub = hub(
                        "SLACK",
                        Map.of(
                                "hosts",
                                host(slack) + "," + nobody,
                                "networks",
                                "127.0.0.0/8",
                                "trust",
                                certificates.authority().toString()))) {
            slack.usually(200, "ok");
            person(hub, "slack_url", slack.url("/services/T0/B0/verysecretpath"));

            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("SENT");

            assertThat(slack.received().get(0).path()).isEqualTo("/services/T0/B0/verysecretpath");
            assertThat(slack.received().get(0).body())
                    .startsWith("{\"text\":\"Your ticket has been opened: &lt;!channel&gt; &amp; more"
                            + " <http://localhost:3000/tickets/1> <https://hub.example.org/u/");
            // its webhook is a person's whole login, so one that is refused stops nobody else's
            keepsWhatEveryChannelPromises(hub, slack, "SLACK", "Slack", "THROTTLED", "FAILED_FOR_NOW");

            slack.next(404, "no_service", Map.of());
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("FAILED HTTP 404");
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("SKIPPED ADDRESS_BOUNCED");
            assertThat(slack.received()).hasSize(requests);

            person(hub, "slack_url", "https://169.254.169.254/latest/meta-data/");
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("FAILED ADDRESS_FORBIDDEN");

            person(hub, "slack_url", "https://localhost:9/athirdsecret");
            assertThat(endOf(hub, slack, "SLACK")).isEqualTo("FAILED ADDRESS_FORBIDDEN");

            person(hub, "slack_url", "https://" + nobody + "/anothersecret");
            post(hub);
            await().until(() -> hub.jdbc()
                            .sql("SELECT count(*) FROM attempt WHERE reason = 'HTTP CONNECT'")
                            .query(Long.class)
                            .single()
                    > 0);
            assertThat(hub.log())
                    .doesNotContain(
                            "verysecretpath",
                            "localhost:9/",
                            "athirdsecret",
                            nobody,
                            "anothersecret",
                            "HttpHostConnectException");
            assertThat(explained(hub).toString()).doesNotContain("verysecretpath");
        }
    }

    @Test
    @Tag("long")
    void a_webhook_is_signed_for_both_secrets_and_has_one_id_over_all_attempts() throws Exception {
        Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("tls")));
        try (ScriptedGateway receiver =
                        new ScriptedGateway(certificates.context(certificates.issue("receiver", "localhost")));
                PackagedHub hub = hub(
                        "WEBHOOK",
                        Map.of(
                                "hosts",
                                host(receiver),
                                "networks",
                                "127.0.0.0/8",
                                "trust",
                                certificates.authority().toString(),
                                "secrets",
                                SIGNED_BY + " " + SIGNED_BEFORE_BY))) {
            receiver.usually(204, "");
            person(hub, "webhook_url", receiver.url("/hook"));

            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("SENT");

            receiver.next(503, "", Map.of());
            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("SENT after 2");
            for (Received request : receiver.received()) {
                Map<String, List<String>> headers = request.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
                for (String secret : List.of(SIGNED_BY, SIGNED_BEFORE_BY)) {
                    new Webhook(secret).verify(request.body(), headers);
                }
                assertThat(request.body())
                        .startsWith("{\"data\":{\"link\":\"http://localhost:3000/tickets/1\",\"message\":")
                        .contains(
                                "\"person\":1,", "\"timestamp\":\"2026-03-01T10:00:00Z\",\"type\":\"ticket_opened\"}");
            }
            List<String> ids = receiver.received().stream()
                    .map(request -> request.headers().get("webhook-id"))
                    .toList();
            assertThat(ids.get(2)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(0));
            // each person's receiver is its own, so a login that one refuses stops nobody else's
            keepsWhatEveryChannelPromises(hub, receiver, "WEBHOOK", "Webhook", "THROTTLED", "FAILED_FOR_NOW");

            receiver.next(410, "", Map.of());
            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("FAILED HTTP 410");
            assertThat(endOf(hub, receiver, "WEBHOOK")).isEqualTo("SKIPPED ADDRESS_BOUNCED");
            assertThat(receiver.received()).hasSize(requests);
            assertThat(hub.log()).doesNotContain(SIGNED_BY, SIGNED_BEFORE_BY, "/hook");
        }
    }

    @Test
    void a_key_that_is_missing_ends_the_jar_in_one_sentence() throws Exception {
        refused("WEBHOOK", "secrets", "hosts=*.example.org");
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "SMS,   url,      username=a;password=b;from=c",
        "SMS,   username, url=http://localhost/;password=b;from=c",
        "SMS,   password, url=http://localhost/;username=a;from=c",
        "SMS,   from,     url=http://localhost/;username=a;password=b",
        "SLACK, hosts,    networks=127.0.0.0/8",
        "WEBHOOK, hosts,  secrets=whsec_YSBuZXcgc2VjcmV0IG9mIDMwIGJ5dGVzLCB5ZXMh",
    })
    void any_other_key_that_is_missing_does_so_too(String code, String missing, String given) throws Exception {
        refused(code, missing, given);
    }

    private void refused(String code, String missing, String given) throws Exception {
        Map<String, String> keys = new HashMap<>();
        for (String key : given.split(";", -1)) {
            keys.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        try (PackagedHub hub = start(code, keys)) {
            assertThat(hub.exitCode()).isEqualTo(1);

            String key = "camelbell.channels." + code.toLowerCase(Locale.ROOT) + "." + missing;
            assertThat(hub.log())
                    .contains(key + " is not set, and a route file needs it")
                    .doesNotContain("\tat ");
        }
    }

    /**
     * Tried again on 503, left alone for a while on 429 and 401, given up on 400; listed, counted and explained; opted out of.
     *
     * @param limited how an attempt that was answered 429 ends
     * @param unauthorized how one that was answered 401 does
     */
    private void keepsWhatEveryChannelPromises(
            PackagedHub hub, ScriptedGateway provider, String code, String display, String limited, String unauthorized)
            throws Exception {
        provider.next(503, "", Map.of());
        assertThat(endOf(hub, provider, code)).isEqualTo("SENT after 2");
        provider.next(429, "", Map.of("Retry-After", "1"));
        assertThat(endOf(hub, provider, code)).isEqualTo("SENT after 2");
        assertThat(firstAttempt(hub)).isEqualTo(limited);
        provider.next(401, "", Map.of());
        assertThat(endOf(hub, provider, code)).isEqualTo("SENT after 2");
        assertThat(firstAttempt(hub)).isEqualTo(unauthorized);
        provider.next(400, "{\"code\":21211}", Map.of());
        assertThat(endOf(hub, provider, code)).startsWith("FAILED ");

        JsonNode page = hub.get("/api/notifications/?page=1&notification_type=" + code, 1);
        assertThat(page.at("/count").asInt()).isEqualTo(events);
        assertThat(page.at("/results/0/notification_type_display").asText()).isEqualTo(display);
        assertThat(hub.get("/api/notifications/unread_count/", 1)
                        .at("/by_type/" + code)
                        .asInt())
                .isEqualTo(events);
        assertThat(explained(hub).toString()).contains("\"" + code + "\"", "\"FAILED\"");

        Matcher optOut = OPT_OUT.matcher(decoded(provider.received().get(0)));
        assertThat(optOut.find()).isTrue();
        assertThat(hub.post(optOut.group(1))).isEqualTo(200);
        assertThat(endOf(hub, provider, code)).isEqualTo("SKIPPED OPTED_OUT");
        assertThat(explained(hub).toString()).contains("\"OPTED_OUT\"");
        assertThat(hub.post(optOut.group(1) + "/resubscribe")).isEqualTo(200);
        assertThat(endOf(hub, provider, code)).isEqualTo("SENT");
    }

    private static String host(ScriptedGateway gateway) {
        return URI.create(gateway.url("/")).getAuthority();
    }

    private PackagedHub hub(String code, Map<String, String> keys) throws Exception {
        return start(code, keys).awaitReady();
    }

    private PackagedHub start(String code, Map<String, String> keys) throws Exception {
        Path routes = ExampleChannel.in(folder.resolve("routes"), code)
                .withOptOutLink()
                .folder();
        Map<String, String> settings = new HashMap<>(
                Map.of("camelbell.routes", "file:" + routes, "camelbell.http.public-url", "https://hub.example.org"));
        keys.forEach(
                (key, value) -> settings.put("camelbell.channels." + code.toLowerCase(Locale.ROOT) + "." + key, value));
        return new PackagedHub(settings, folder);
    }

    private static void person(PackagedHub hub, String field, String address) throws Exception {
        hub.post("users", "99", "{\"id\":99,\"username\":\"root\",\"name\":\"\",\"role\":\"ADMIN\"}");
        hub.post(
                "users",
                "1",
                "{\"id\":1,\"username\":\"ann\",\"name\":\"Ann\",\"role\":\"CLIENT\",\"%s\":\"%s\"}"
                        .formatted(field, address));
        await().until(() -> hub.jdbc()
                        .sql("SELECT count(*) FROM person WHERE id = 1 AND contacts ->> ? = ?")
                        .params(field, address)
                        .query(Long.class)
                        .single()
                == 1);
    }

    /** Posts one more event for the person, and answers how its delivery over the channel ended. */
    private String endOf(PackagedHub hub, ScriptedGateway provider, String code) throws Exception {
        int before = provider.received().size();
        post(hub);
        List<String> ends = new ArrayList<>();
        await().untilAsserted(() -> {
            ends.clear();
            ends.addAll(hub.jdbc()
                    .sql(
                            """
                            SELECT concat_ws(' ', n.status, n.reason) FROM notification_log n JOIN ticket_event e ON e.id = n.event
                            WHERE e.event_id = ? AND n.channel = ? AND n.status <> 'PENDING'
                            """)
                    .params("e" + events, code)
                    .query(String.class)
                    .list());
            assertThat(ends).as(hub.log()).hasSize(1);
        });
        int attempts = provider.received().size() - before;
        requests += attempts;
        return ends.get(0) + (attempts > 1 ? " after " + attempts : "");
    }

    /** How the first attempt of the newest event ended; one that succeeds is noted nowhere else than in the log. */
    private String firstAttempt(PackagedHub hub) {
        return hub.jdbc()
                .sql(
                        """
                        SELECT a.outcome FROM attempt a JOIN notification_log n ON n.id = a.notification_id
                          JOIN ticket_event e ON e.id = n.event
                        WHERE e.event_id = ? ORDER BY a.at LIMIT 1
                        """)
                .params("e" + events)
                .query(String.class)
                .single();
    }

    private JsonNode explained(PackagedHub hub) throws Exception {
        return hub.get("/api/admin/explain/?id=e" + events + "&source=urn:example", 99);
    }

    private void post(PackagedHub hub) throws Exception {
        events++;
        hub.post("ticket-events", "1", EVENT.formatted("e" + events));
    }

    private static String decoded(Received request) {
        return URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final String EVENT =
            """
            {"specversion":"1.0","id":"%s","source":"urn:example","type":"ticket_opened","subject":"1",
             "time":"2026-03-01T10:00:00Z","datacontenttype":"application/json",
             "data":{"ticket":{"id":1,"title":"<!channel> & more","priority":"HIGH","category":"BUG","status":"NEW",
               "created_by":1,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}""";
}
