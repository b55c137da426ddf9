package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import camelbell.it.Stack;
import camelbell.it.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The packaged jar in a process of its own, told everything by its environment, and how strangers use it. */
final class PackagedHub implements AutoCloseable {

    private final Map<String, String> settings = Stack.properties();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HubProcess hub;
    private final KafkaProducer<String, String> kafka;

    /**
     * Starts it, and waits for nothing.
     *
     * @param folder for what it says
     */
    PackagedHub(Map<String, String> more, Path folder) throws IOException {
        settings.putAll(more);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        hub = HubProcess.run(
                "packaged",
                settings,
                folder,
                List.of(java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", PackagedJar.path()));
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", setting("camelbell.kafka.brokers")),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Until it serves; an assertion error with its log when it ends instead. */
    PackagedHub awaitReady() {
        hub.awaitReady();
        return this;
    }

    /** Once it has ended by itself. */
    int exitCode() {
        return hub.awaitExit(Duration.ofMinutes(4));
    }

    /** Whatever it has said so far. */
    String log() {
        return String.join("\n", hub.lines());
    }

    /** To the topic that the key names, such as {@code users}; the broker has it when this returns. */
    void post(String topic, String key, String value) throws Exception {
        kafka.send(new ProducerRecord<>(setting("camelbell.kafka.topics." + topic), key, value))
                .get();
    }

    /** What its public port answers this user. */
    JsonNode get(String path, long user) throws IOException {
        HttpResponse<String> answer = hub.get(path, "Authorization", "Bearer " + Tokens.of(user));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    /** The status that its public port answers to somebody without a token. */
    int post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + hub.port() + path))
                .POST(BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Its database, for what no interface tells. */
    JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(
                setting("spring.datasource.url"),
                setting("spring.datasource.username"),
                setting("spring.datasource.password")));
    }

    private String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    @Override
    public void close() {
        kafka.close(Duration.ZERO);
        hub.close();
    }
}
