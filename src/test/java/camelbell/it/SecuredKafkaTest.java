package camelbell.it;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Certificates;
import camelbell.dev.SecuredKafka;
import camelbell.dev.SecuredKafka.Right;
import camelbell.kafka.BrokerCheck;
import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import camelbell.model.StartRefused;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A broker with TLS, users and ACLs: the hub works with the documented least of them, and what does not fit says so. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SecuredKafkaTest {

    private static final String READINESS = "/actuator/health/readiness";
    private static final String JAAS = "spring.kafka.properties.sasl.jaas.config";

    private final SecuredKafka broker = new SecuredKafka("hub", "poor");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @AfterAll
    void stop() {
        broker.close();
    }

    /** Each way that the how-to page shows. */
    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512", "OAUTHBEARER", "mTLS by bundle", "mTLS by PEM", "SASL_PLAINTEXT"})
    void every_documented_way_gets_in(String way) throws Exception {
        Map<String, String> settings =
                switch (way) {
                    case "OAUTHBEARER" -> {
                        Map<String, String> token = sasl("OAUTHBEARER", "");
                        token.put(
                                JAAS,
                                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                                        + " unsecuredLoginStringClaim_sub=\"hub\";");
                        yield token;
                    }
                    case "mTLS by bundle" -> mutual(broker.certificates().issue("client"));
                    case "mTLS by PEM" -> {
                        Certificates.Issued own = broker.certificates().issue("client-pem");
                        Map<String, String> pem = new HashMap<>();
                        pem.put("camelbell.kafka.brokers", broker.at("SSL"));
                        pem.put("spring.kafka.security.protocol", "SSL");
                        pem.put("spring.kafka.ssl.trust-store-type", "PEM");
                        pem.put(
                                "spring.kafka.ssl.trust-store-location",
                                "file:" + broker.certificates().authority());
                        pem.put("spring.kafka.ssl.key-store-type", "PEM");
                        pem.put("spring.kafka.ssl.key-store-certificate-chain", Files.readString(own.certificate()));
                        pem.put("spring.kafka.ssl.key-store-key", Files.readString(own.key()));
                        yield pem;
                    }
                    case "SASL_PLAINTEXT" -> {
                        Map<String, String> clear = sasl("PLAIN", broker.password("hub"));
                        clear.put("camelbell.kafka.brokers", broker.at("SASL_PLAINTEXT"));
                        clear.put("spring.kafka.security.protocol", "SASL_PLAINTEXT");
                        yield clear;
                    }
                    default -> sasl(way, broker.password("hub"));
                };
        assertThat(said(settings)).isNull();
    }

    @Test
    void a_wrong_password_is_refused_in_one_sentence(CapturedOutput log) {
        for (String mechanism : List.of("PLAIN", "SCRAM-SHA-512")) {
            assertThat(said(sasl(mechanism, "wrong-password")))
                    .startsWith("Kafka at " + broker.at("SASL_SSL") + " cannot be used (first contact, SASL_SSL with "
                            + mechanism + "): it refuses the user name, password or token (")
                    .contains("check spring.kafka.properties.sasl.jaas.config")
                    .doesNotContain("wrong-password");
        }
        assertThat(log.getAll()).doesNotContain("wrong-password");
    }

    /** The broker of this test takes unsigned tokens only, and the client's check signed ones only: it is got, sent and refused. */
    @Test
    void a_token_is_fetched_from_the_endpoint_that_is_configured(CapturedOutput log) throws Exception {
        String token = base64("{\"alg\":\"none\"}") + "."
                + base64("{\"sub\":\"hub\",\"iat\":%d,\"exp\":%d}"
                        .formatted(Instant.now().getEpochSecond(), Instant.now().getEpochSecond() + 600))
                + ".c2lnbmF0dXJl";
        HttpServer issuer = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        issuer.createContext("/token", call -> {
            asked.add(call.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":600}"
                    .formatted(token)
                    .getBytes(StandardCharsets.US_ASCII);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        issuer.start();
        try {
            Map<String, String> settings = sasl("OAUTHBEARER", "");
            settings.put(
                    "spring.kafka.properties.sasl.login.callback.handler.class",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
            settings.put(
                    "spring.kafka.properties.sasl.oauthbearer.token.endpoint.url",
                    "http://localhost:" + issuer.getAddress().getPort() + "/token");
            settings.put(
                    JAAS,
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"hub\""
                            + " clientSecret=\"client-secret\";");

            assertThat(said(settings))
                    .startsWith("Kafka at " + broker.at("SASL_SSL"))
                    .contains("SASL_SSL with OAUTHBEARER", "it refuses the user name, password or token")
                    .doesNotContain(token, "client-secret");
            assertThat(asked)
                    .contains("Basic "
                            + Base64.getEncoder()
                                    .encodeToString("hub:client-secret".getBytes(StandardCharsets.US_ASCII)));
            assertThat(log.getAll()).doesNotContain(token, "client-secret");
        } finally {
            issuer.stop(0);
            System.clearProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls"); // of this JVM's other tests
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_mechanism_that_the_broker_does_not_have_is_named_with_those_that_it_has() {
        assertThat(said(sasl("SCRAM-SHA-256", broker.password("hub"))))
                .contains("it does not take this SASL mechanism", "SCRAM-SHA-512")
                .contains("set spring.kafka.properties.sasl.mechanism");
    }

    @Test
    void what_cannot_be_read_names_its_key_and_quotes_no_password() {
        Map<String, String> broken = sasl("PLAIN", "");
        broken.put(JAAS, SecuredKafka.jaas("PLAIN", "hub", "half\"other-half"));
        assertThat(analysed(broken))
                .contains("spring.kafka.properties.sasl.jaas.config cannot be read")
                .doesNotContain("half");

        Map<String, String> nowhere = sasl("PLAIN", "secret-password");
        nowhere.put("spring.kafka.ssl.bundle", "missing");
        assertThat(said(nowhere)).contains("spring.kafka.ssl.bundle names missing");

        Map<String, String> ours = sasl("PLAIN", broker.password("hub"));
        ours.put("spring.kafka.properties.isolation.level", "read_uncommitted");
        ours.put("spring.kafka.producer.properties.acks", "0");
        assertThat(settings(ours).withoutEffect())
                .containsExactly("spring.kafka.producer.properties.acks", "spring.kafka.properties.isolation.level");
    }

    @Test
    void an_unknown_authority_is_named_as_such() throws Exception {
        Certificates others = Certificates.in(Files.createDirectory(folder.resolve("others")));
        Map<String, String> settings = sasl("PLAIN", broker.password("hub"));
        settings.put("spring.ssl.bundle.pem.kafka.truststore.certificate", "file:" + others.authority());

        assertThat(said(settings))
                .startsWith("Kafka at " + broker.at("SASL_SSL"))
                .contains("its certificate is not signed by an authority that the hub trusts")
                .contains("spring.ssl.bundle.pem.<name>.truststore.certificate");
    }

    @Test
    void a_certificate_for_another_host_is_named_as_such() {
        Map<String, String> settings = sasl("PLAIN", broker.password("hub"));
        settings.put("camelbell.kafka.brokers", broker.at("SASL_SSL").replace("localhost", "127.0.0.1"));

        assertThat(said(settings))
                .startsWith("Kafka at 127.0.0.1")
                .contains("its certificate is for another host (No subject alternative names matching IP address");
    }

    @Test
    void a_listener_that_wants_a_certificate_says_so() {
        Map<String, String> settings = sasl("PLAIN", "");
        settings.put("camelbell.kafka.brokers", broker.at("SSL"));
        settings.put("spring.kafka.security.protocol", "SSL");

        assertThat(said(settings)).contains("it refuses the hub's certificate, or wants one");
    }

    @Test
    void each_protocol_at_another_ones_listener_is_told_which_it_met() {
        assertThat(said(Map.of("camelbell.kafka.brokers", broker.at("SASL_SSL"))))
                .startsWith("Kafka at " + broker.at("SASL_SSL") + " cannot be used (first contact, PLAINTEXT): ")
                .contains("speaks TLS, and the hub is told not to; set spring.kafka.security.protocol");
        assertThat(said(Map.of("camelbell.kafka.brokers", broker.at("SASL_PLAINTEXT"))))
                .contains("asks who speaks (SASL: ", "SCRAM-SHA-512", "SASL_PLAINTEXT");

        Map<String, String> encrypted = sasl("PLAIN", broker.password("hub"));
        encrypted.put("camelbell.kafka.brokers", broker.outside());
        assertThat(said(encrypted)).contains("speaks no TLS; set spring.kafka.security.protocol to PLAINTEXT");

        Map<String, String> named = sasl("PLAIN", broker.password("hub"));
        named.put("camelbell.kafka.brokers", broker.outside());
        named.put("spring.kafka.security.protocol", "SASL_PLAINTEXT");
        assertThat(said(named)).contains("it asks for no SASL there");
    }

    @Test
    void a_hub_without_rights_names_each_and_works_with_the_least_of_them_and_says_when_one_is_taken(CapturedOutput log)
            throws Exception {
        Map<String, String> settings = sasl("SCRAM-SHA-512", "poor", broker.password("poor"));
        settings.put("test.kafka.outside", broker.outside());
        settings.put("camelbell.node", "least");
        settings.put("camelbell.health.look-every", "200ms");
        try (Hub hub = new Hub(settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new))) {
            Management management = new Management(hub);
            String group = hub.property("camelbell.kafka.group");
            await().untilAsserted(() -> assertThat(brokerError(management))
                    .startsWith("Kafka at " + broker.at("SASL_SSL"))
                    .contains("READ consumer group " + group + ",", "READ topic " + topic(hub, "ticket-events"))
                    .contains("secure-kafka.md"));
            assertThat(management.status(READINESS)).isEqualTo(503);
            await().until(() -> log.getAll().contains("topic not created topic=" + topic(hub, "status")));

            broker.grant("poor", needed(hub));
            await().untilAsserted(() -> assertThat(brokerError(management))
                    .contains("topic " + topic(hub, "announcements") + ", ", "is not there; create it"));
            broker.admin()
                    .createTopics(TOPICS.stream()
                            .map(key -> new NewTopic(topic(hub, key), 2, (short) 1))
                            .toList())
                    .all()
                    .get();
            await().until(() -> management.status(READINESS) == 200);

            People.admins(hub, 1);
            People.event(hub, "secured");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 2);
            hub.post("ticket-events", "5", "no JSON");
            hub.flush();
            await().until(() -> hub.endOf("dead-letters") == 1);
            await().until(() -> hub.endOf("status") > 0);

            Rest rest = new Rest(hub);
            assertThat(rest.get("/api/admin/dead-letters/", 1).status()).isEqualTo(503);
            broker.grant("poor", forOperations(hub));
            await().until(() -> rest.get("/api/admin/dead-letters/", 1).status() == 200);
            assertThat(rest.post("/api/admin/dead-letters/replay/?code=MALFORMED", 1)
                            .status())
                    .isEqualTo(200);
            await().until(() -> hub.endOf("dead-letters") == 2);

            List<Right> readsGroup = List.of(new Right(GROUP, group, LITERAL, READ));
            broker.revoke("poor", readsGroup);
            await().until(() -> management.status(READINESS) == 503);
            assertThat(brokerError(management)).contains("no right to READ consumer group " + group + ";");
            broker.grant("poor", readsGroup);
            await().until(() -> management.status(READINESS) == 200);

            String before = broker.password("poor");
            broker.change("poor", "another-password");
            broker.restart();
            await().untilAsserted(() -> assertThat(brokerError(management))
                    .startsWith("Kafka at " + broker.at("SASL_SSL"))
                    .contains("it refuses the user name, password or token"));
            assertThat(management.status(READINESS)).isEqualTo(503);
            broker.change("poor", before);
            await().until(() -> management.status(READINESS) == 200);
            assertThat(log.getAll()).doesNotContain(before, "another-password", "consumer ended route=");
        }
    }

    @Test
    void a_start_that_does_not_fit_ends_with_its_sentence_and_without_a_password() {
        Map<String, String> plain = Stack.properties();
        plain.put("camelbell.kafka.brokers", broker.at("SASL_SSL"));
        Map<String, String> wrong = Stack.properties();
        wrong.putAll(sasl("SCRAM-SHA-512", "hub", "wrong-password"));
        try (HubProcess atTls = HubProcess.start("plain-at-tls", plain, folder);
                HubProcess unknown = HubProcess.start("wrong-password", wrong, folder)) {
            for (HubProcess refused : List.of(atTls, unknown)) {
                assertThat(refused.awaitExit(Duration.ofMinutes(4))).isEqualTo(1);
                assertThat(refused.lines("cannot be used (first contact"))
                        .as(String.join("\n", refused.lines()))
                        .filteredOn(line -> line.startsWith("Kafka at " + broker.at("SASL_SSL")))
                        .hasSize(1);
                assertThat(refused.lines("OutOfMemoryError")).isEmpty();
                assertThat(refused.lines("wrong-password\"")).isEmpty();
                assertThat(refused.lines("password=")).isEmpty();
            }
            assertThat(atTls.lines("speaks TLS, and the hub is told not to")).isNotEmpty();
            assertThat(unknown.lines("it refuses the user name, password or token"))
                    .isNotEmpty();
            assertThat(unknown.lines("\tat ")).isEmpty();
        }
    }

    private static final List<String> TOPICS =
            List.of("ticket-events", "users", "dead-letters", "users-dead-letters", "announcements", "status");

    private static String topic(Hub hub, String key) {
        return hub.property("camelbell.kafka.topics." + key);
    }

    /** The first table of secure-kafka.md. */
    private static List<Right> needed(Hub hub) {
        String group = hub.property("camelbell.kafka.group");
        return List.of(
                topic(hub, "ticket-events", READ),
                topic(hub, "users", READ),
                topic(hub, "dead-letters", WRITE),
                topic(hub, "users-dead-letters", WRITE),
                topic(hub, "announcements", READ),
                topic(hub, "announcements", WRITE),
                topic(hub, "status", WRITE),
                new Right(GROUP, group, LITERAL, READ),
                new Right(GROUP, group + "-directory", LITERAL, READ),
                new Right(GROUP, "camelbell-node-", PREFIXED, READ));
    }

    /** The second one. */
    private static List<Right> forOperations(Hub hub) {
        return List.of(
                topic(hub, "dead-letters", READ),
                topic(hub, "users-dead-letters", READ),
                topic(hub, "ticket-events", WRITE),
                topic(hub, "users", WRITE));
    }

    private static Right topic(Hub hub, String key, AclOperation operation) {
        return new Right(TOPIC, topic(hub, key), LITERAL, operation);
    }

    private static String brokerError(Management management) throws Exception {
        return management.health("broker", "error").asText();
    }

    private Map<String, String> sasl(String mechanism, String password) {
        return sasl(mechanism, "hub", password);
    }

    private Map<String, String> sasl(String mechanism, String user, String password) {
        Map<String, String> settings = new HashMap<>();
        settings.put("camelbell.kafka.brokers", broker.at("SASL_SSL"));
        settings.put("spring.kafka.security.protocol", "SASL_SSL");
        settings.put("spring.kafka.properties.sasl.mechanism", mechanism);
        settings.put(JAAS, SecuredKafka.jaas(mechanism, user, password));
        settings.put("spring.kafka.ssl.bundle", "kafka");
        settings.put(
                "spring.ssl.bundle.pem.kafka.truststore.certificate",
                "file:" + broker.certificates().authority());
        return settings;
    }

    private Map<String, String> mutual(Certificates.Issued own) {
        Map<String, String> settings = sasl("PLAIN", "");
        settings.put("camelbell.kafka.brokers", broker.at("SSL"));
        settings.put("spring.kafka.security.protocol", "SSL");
        settings.put("spring.ssl.bundle.pem.kafka.keystore.certificate", "file:" + own.certificate());
        settings.put("spring.ssl.bundle.pem.kafka.keystore.private-key", "file:" + own.key());
        return settings;
    }

    /** What the start says of these settings: nothing, or a sentence. */
    private static @Nullable String said(Map<String, String> given) {
        AtomicReference<@Nullable String> said = new AtomicReference<>();
        await().until(
                        () -> { // a machine that is busy may not answer in time
                            said.set(saidOnce(given));
                            return !String.valueOf(said.get()).contains("no answer in time");
                        });
        return said.get();
    }

    private static @Nullable String saidOnce(Map<String, String> given) {
        try {
            KafkaSettings kafka = settings(given);
            BrokerCheck check = BrokerCheck.begin(kafka);
            try (Admin admin = kafka.admin(Map.of())) {
                return check.end(admin);
            }
        } catch (StartRefused refused) {
            return refused.getMessage();
        }
    }

    /** What is said of a client that cannot even be made. */
    private static String analysed(Map<String, String> given) {
        KafkaSettings kafka = settings(given);
        KafkaException failure = catchThrowableOfType(
                KafkaException.class, () -> kafka.admin(Map.of()).close());
        return KafkaTrouble.of(kafka, "making a client", failure);
    }

    private static KafkaSettings settings(Map<String, String> given) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(given)));
        return KafkaSettings.of(environment);
    }
}
