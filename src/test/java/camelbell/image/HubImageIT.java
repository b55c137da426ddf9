package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.HubProcess;
import camelbell.it.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub's image: the packaged jar taken apart by the Dockerfile's own commands, started by its own command as
 * docker-compose.yml does, with servers of the tests in place of the other containers; and what the services around it
 * do before and after. Runs once the jar is there: mvn verify.
 */
class HubImageIT {

    private static final String STAGE = "hub";

    private final Compose compose = new Compose();
    private final Dockerfile dockerfile = new Dockerfile();
    private final Map<String, String> settings = Stack.properties();

    @TempDir
    private Path folder = Path.of("");

    HubImageIT() throws IOException {
        settings.putAll(Stack.freshDatabase()); // a first start migrates it
    }

    @Test
    void the_hub_starts_from_its_image_and_the_printed_token_opens_the_api() throws Exception {
        Path image = image();
        Path data = Files.createDirectory(folder.resolve("data"));
        run(folder, Map.of(), "sh", "-c", compose.command("secret").replace("/data", data.toString()));
        Map<String, String> environment = environment(data);
        try (HubProcess hub = HubProcess.run("hub", environment, image, dockerfile.entrypoint(STAGE))) {
            hub.awaitReady();
            String welcome = welcome(image, data, environment);

            Matcher token = Pattern.compile("(?m)^  (eyJ\\S+)$").matcher(welcome);
            assertThat(token.find()).as(welcome).isTrue();
            await().untilAsserted(
                            () -> assertThat(hub.get("/api/notifications/", "Authorization", "Bearer " + token.group(1))
                                            .statusCode())
                                    .isEqualTo(200));
            assertThat(welcome).contains("5 records");
            assertThat(welcome(image, data, environment))
                    .doesNotContain("records")
                    .contains("eyJ");
            hub.stop();
        }
    }

    /** What COPY --from=build leaves in the working directory. */
    private Path image() throws Exception {
        Path build = Files.createDirectory(folder.resolve("build"));
        Path target = Files.createDirectory(build.resolve("target"));
        Path jar = Path.of(PackagedJar.path());
        Files.copy(jar, target.resolve(jar.getFileName()));
        for (String command : dockerfile.buildCommands("target/layers")) {
            run(build, Map.of(), "sh", "-c", command);
        }
        Path deploy = Files.createDirectories(build.resolve("src/deploy"));
        Files.copy(Path.of("src/deploy/camelbell"), deploy.resolve("camelbell"));
        Path image = Files.createDirectory(folder.resolve("image"));
        dockerfile.copy(STAGE, build, image);
        for (String command : dockerfile.runs(STAGE)) {
            run(image, Map.of(), "sh", "-c", command);
        }
        return image;
    }

    /** As compose sets it, and where the other containers would be. */
    private Map<String, String> environment(Path data) {
        Map<String, String> environment = new LinkedHashMap<>(compose.environment(STAGE));
        Map<String, String> elsewhere = new LinkedHashMap<>(Map.of(
                "CAMELBELL_KAFKA_BROKERS", setting("camelbell.kafka.brokers"),
                "SPRING_DATASOURCE_URL", setting("spring.datasource.url"),
                "CAMELBELL_MAIL_HOST", setting("camelbell.mail.host"),
                "CAMELBELL_MAIL_PORT", setting("camelbell.mail.port"),
                "CAMELBELL_WHATSAPP_BASE_URL", setting("camelbell.whatsapp.base-url"),
                "SPRING_CONFIG_IMPORT", "configtree:" + data + "/",
                "SERVER_ADDRESS", "127.0.0.1"));
        assertThat(environment).containsKeys(elsewhere.keySet().toArray(String[]::new));
        environment.putAll(elsewhere);
        environment.put("PATH", path());
        settings.forEach((key, value) -> {
            if (key.startsWith("camelbell.kafka.")) { // topics of this test's own
                environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value);
            }
        });
        return environment;
    }

    private String welcome(Path image, Path data, Map<String, String> environment) throws Exception {
        Path script = folder.resolve("welcome.sh");
        Files.writeString(
                script,
                Files.readString(Path.of("src/deploy/welcome.sh"))
                        .replace("/data/", data + "/")
                        .replace("cd /camelbell", "cd " + image)
                        .replace(
                                "/users.ndjson",
                                Path.of("src/test/resources/embedded/users.ndjson")
                                        .toAbsolutePath()
                                        .toString()));
        return run(folder, environment, "sh", script.toString());
    }

    private String run(Path where, Map<String, String> environment, String... command) throws Exception {
        Path printed = folder.resolve("printed");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        process.environment().put("PATH", path());
        process.environment().putAll(environment);
        int exitCode = process.start().waitFor();
        assertThat(exitCode).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }

    /** On which the Java of these tests comes first. */
    private static String path() {
        return Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    }

    private String setting(String key) {
        return settings.getOrDefault(key, "");
    }
}
