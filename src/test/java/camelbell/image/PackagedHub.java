package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Ports;
import camelbell.identity.TokenMinter;
import camelbell.it.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The packaged jar in a process of its own, told everything by its environment, and how strangers use it. */
final class PackagedHub implements AutoCloseable {

    private final Map<String, String> settings = Stack.properties();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final Path log;
    private final Process process;
    private final KafkaProducer<String, String> kafka;

    /**
     * Starts it, and waits for nothing.
     *
     * @param log the file for what it says
     * @param options of the hub's JVM and jar
     */
    PackagedHub(Map<String, String> more, Path log, String... options) throws IOException {
        this.log = log;
        settings.put("camelbell.http.port", String.valueOf(port));
        settings.putAll(more);
        List<String> command = new ArrayList<>(List.of("java", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-jar", PackagedJar.path()));
        command.addAll(Arrays.asList(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("CAMELBELL") || key.startsWith("SPRING"));
        settings.forEach((key, value) -> builder.environment()
                .put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        process = builder.start();
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", setting("camelbell.kafka.brokers")),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Until it serves; an assertion error with its log when it ends instead. */
    PackagedHub awaitUp() {
        await().atMost(4, TimeUnit.MINUTES).until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return log().contains("Started CamelbellApplication");
        });
        return this;
    }

    /** Until it has ended by itself. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Whatever it has said so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** To the topic that the key names, such as {@code users}; the broker has it when this returns. */
    void post(String topic, String key, String value) throws Exception {
        kafka.send(new ProducerRecord<>(setting("camelbell.kafka.topics." + topic), key, value))
                .get();
    }

    /** What its public port answers this user. */
    JsonNode get(String path, long user) throws IOException, InterruptedException {
        String token = TokenMinter.mint(Stack.jwtSecret(), user, Instant.now(), Duration.ofMinutes(5));
        HttpResponse<String> answer = client.send(
                request(path).header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    /** The status that its public port answers to somebody without a token. */
    int post(String path) throws IOException, InterruptedException {
        return client.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
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
        process.destroyForcibly();
        process.onExit().join();
    }
}
