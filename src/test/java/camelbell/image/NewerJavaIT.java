package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import camelbell.dev.Ports;
import camelbell.it.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar on the Java of the image, newer than the one that compiles it: prepared by src/deploy/prepare.sh, it does its
 * work with a cache of classes and without one, and a cache of another jar is told of and left alone.
 */
@Tag("long")
class NewerJavaIT {

    private static final int NEWER = 25;

    private final Map<String, String> settings = Stack.properties();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_jar_works_with_a_cache_of_classes_and_without_and_leaves_one_of_another_jar_alone() throws Exception {
        Optional<Path> newer = newerJava();
        assumeTrue(
                newer.isPresent(),
                "no JDK " + NEWER + " is named by JAVA_" + NEWER + "_HOME or lies beside the one that runs the tests");
        Path java = newer.orElseThrow();
        Path prepared = folder.resolve("prepared");
        finish(start(
                java, "prepare", Map.of(), "sh", "src/deploy/prepare.sh", PackagedJar.path(), prepared.toString()));

        Path loaded = folder.resolve("loaded");
        sends(java, prepared, "e1", Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded));
        assertThat(Files.readString(loaded))
                .containsPattern("camelbell\\.CamelbellApplication source: shared objects file");
        assertThat(Files.readString(folder.resolve("e1"))).doesNotContain("was made of another jar");

        change(prepared.resolve("camelbell.jar"));
        finish(start(java, "stale", Map.of(), "sh", prepared + "/camelbell", "--version"));
        assertThat(Files.readString(folder.resolve("stale")))
                .contains("camelbell.cache.commands was made of another jar or by another Java")
                .contains("--make-cache");

        Files.delete(prepared.resolve("camelbell.cache.of"));
        sends(java, prepared, "e2", Map.of());
        assertThat(Files.readString(folder.resolve("e2"))).doesNotContain("was made of another jar");
    }

    /** An event becomes a mail. */
    private void sends(Path java, Path prepared, String event, Map<String, String> more) throws Exception {
        int management = Ports.free();
        long before = Stack.mailbox().counts().messages();
        Process hub = start(java, event, environment(management, more), "sh", prepared + "/camelbell");
        try {
            await().atMost(5, TimeUnit.MINUTES)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        assertThat(hub.isAlive()).as(log(event)).isTrue();
                        return ready(management);
                    });
            post("users", "1", USER);
            post("ticket-events", "1", EVENT.replace("ID", event));

            await().atMost(1, TimeUnit.MINUTES)
                    .until(() -> Stack.mailbox().counts().messages() > before);
        } finally {
            hub.destroy();
            if (!hub.waitFor(1, TimeUnit.MINUTES)) {
                hub.destroyForcibly();
            }
        }
    }

    private boolean ready(int management) throws IOException, InterruptedException {
        URI readiness = URI.create("http://localhost:" + management + "/actuator/health/readiness");
        return client.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private Map<String, String> environment(int management, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        settings.forEach((key, value) ->
                environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        environment.put("CAMELBELL_HTTP_PORT", String.valueOf(Ports.free()));
        environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
        return environment;
    }

    private Process start(Path java, String log, Map<String, String> environment, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("CAMELBELL") || key.startsWith("SPRING"));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", java.toString());
        return builder.start();
    }

    private void finish(Process process) throws Exception {
        int exitCode = process.waitFor();
        assertThat(exitCode).as(process.info() + " " + folder).isZero();
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** The same classes in another file. */
    private static void change(Path jar) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Files.writeString(inside.getPath("another"), "");
        }
    }

    private static Optional<Path> newerJava() throws IOException {
        String named = System.getenv("JAVA_" + NEWER + "_HOME");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path beside = Path.of(System.getProperty("java.home")).resolveSibling("");
        try (Stream<Path> all = Files.list(beside.toAbsolutePath())) {
            return all.filter(NewerJavaIT::isNewer).findFirst();
        }
    }

    private static boolean isNewer(Path home) {
        try {
            return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + NEWER);
        } catch (IOException none) {
            return false;
        }
    }

    private void post(String topic, String key, String value) throws Exception {
        try (KafkaProducer<String, String> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", String.valueOf(settings.get("camelbell.kafka.brokers"))),
                new StringSerializer(),
                new StringSerializer())) {
            kafka.send(new ProducerRecord<>(settings.get("camelbell.kafka.topics." + topic), key, value))
                    .get();
        }
    }

    private static final String USER =
            """
            {"id":1,"username":"ada","name":"Ada","role":"ADMIN","email":"ada@example.org"}""";

    private static final String EVENT =
            """
            {"specversion":"1.0","id":"ID","source":"urn:example","type":"ticket_created","subject":"1",
             "time":"2026-03-01T10:00:00Z","datacontenttype":"application/json",
             "data":{"ticket":{"id":1,"title":"It burns","priority":"HIGH","category":"BUG","status":"NEW",
               "created_by":2,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}""";
}
