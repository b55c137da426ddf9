package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import camelbell.it.HubProcess;
import camelbell.it.Stack;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        run(java, "prepare.log", "sh", "src/deploy/prepare.sh", PackagedJar.path(), prepared.toString());

        Path loaded = folder.resolve("loaded");
        sends(java, prepared, "e1", Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded));
        assertThat(Files.readString(loaded))
                .containsPattern("camelbell\\.CamelbellApplication source: shared objects file");
        assertThat(Files.readString(folder.resolve("e1.log"))).doesNotContain("was made of another jar");

        change(prepared.resolve("camelbell.jar"));
        run(java, "stale.log", "sh", prepared + "/camelbell", "--version");
        assertThat(Files.readString(folder.resolve("stale.log")))
                .contains("camelbell.cache.commands was made of another jar or by another Java")
                .contains("--make-cache");

        Files.delete(prepared.resolve("camelbell.cache.of"));
        sends(java, prepared, "e2", Map.of());
        assertThat(Files.readString(folder.resolve("e2.log"))).doesNotContain("was made of another jar");
    }

    /** An event becomes a mail. */
    private void sends(Path java, Path prepared, String event, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(more);
        environment.put("JAVA_HOME", java.toString());
        long before = Stack.mailbox().counts().messages();
        try (HubProcess hub = HubProcess.run(event, environment, folder, List.of("sh", prepared + "/camelbell"))) {
            hub.awaitReady();
            post("users", "1", USER);
            post("ticket-events", "1", EVENT.replace("ID", event));

            await().until(() -> Stack.mailbox().counts().messages() > before);
            hub.stop();
        }
    }

    private void run(Path java, String log, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        int exitCode = builder.start().waitFor();
        assertThat(exitCode).as(Files.readString(folder.resolve(log))).isZero();
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
