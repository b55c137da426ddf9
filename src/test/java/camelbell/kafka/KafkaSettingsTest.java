package camelbell.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What needs no broker; {@link camelbell.it.SecuredKafkaTest} has the rest. */
class KafkaSettingsTest {

    private static final String ENDPOINT = "properties.sasl.oauthbearer.token.endpoint.url";
    private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    @Test
    void the_protocol_may_be_written_in_small_letters_as_kafka_itself_takes_it() {
        KafkaSettings kafka = settings(
                "spring.kafka.security.protocol", "sasl_ssl", "spring.kafka.properties.sasl.mechanism", "PLAIN");

        assertThat(kafka.encrypted()).isTrue();
        assertThat(kafka.authenticated()).isTrue();
        assertThat(kafka.manner()).isEqualTo("SASL_SSL with PLAIN");
    }

    @Test
    void the_token_endpoint_of_each_kind_of_client_is_allowed() {
        try {
            settings(
                    "spring.kafka." + ENDPOINT,
                    "https://id.example.org/token",
                    "spring.kafka.consumer." + ENDPOINT,
                    "https://id.example.org/readers");

            assertThat(System.getProperty(ALLOWED))
                    .isEqualTo("https://id.example.org/readers,https://id.example.org/token");
        } finally {
            System.clearProperty(ALLOWED); // of this JVM's other tests
        }
    }

    @Test
    void a_file_of_a_bundle_that_is_not_there_is_named() {
        assertThatThrownBy(() -> settings(
                        "spring.kafka.ssl.bundle",
                        "kafka",
                        "spring.ssl.bundle.pem.kafka.truststore.certificate",
                        "file:/not/there/ca.pem"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("spring.kafka.ssl")
                .hasMessageContaining("/not/there/ca.pem");
    }

    /** Kafka's client would take "HTTP" for the length of an answer, as it does with a TLS alert. */
    @Test
    void a_port_that_speaks_something_else_is_refused_before_a_client_is_made() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> answer(web));
            answers.setDaemon(true);
            answers.start();
            String brokers = "127.0.0.1:" + web.getLocalPort();

            assertThatThrownBy(() -> BrokerCheck.begin(settings("camelbell.kafka.brokers", brokers)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(brokers + " does not speak as Kafka does");
        }
    }

    private static void answer(ServerSocket web) {
        try (Socket client = web.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the test is over
        }
    }

    private static KafkaSettings settings(String... given) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("camelbell.kafka.brokers", "localhost:1");
        for (int i = 0; i < given.length; i += 2) {
            settings.put(given[i], given[i + 1]);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return KafkaSettings.of(environment);
    }
}
