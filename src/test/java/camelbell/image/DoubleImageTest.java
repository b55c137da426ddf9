package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The double's image: the class path that its stage copies, its own command, and the arguments of docker-compose.yml. */
class DoubleImageTest {

    private static final String STAGE = "whatsapp-double";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_double_answers_with_what_its_image_holds_and_nothing_else() throws Exception {
        Dockerfile dockerfile = new Dockerfile();
        Path build = folder.resolve("build");
        copyJars(dockerfile.copiedGroups(), Files.createDirectories(build.resolve("target/double")));
        Files.createSymbolicLink(
                build.resolve("target/test-classes"),
                Path.of("target/test-classes").toAbsolutePath());
        Path image = Files.createDirectories(folder.resolve("image"));
        dockerfile.copy(STAGE, build, image);
        int port = Ports.free();
        List<String> command = new ArrayList<>(dockerfile.entrypoint(STAGE));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        new Compose()
                .words("whatsapp")
                .forEach(word -> command.add(
                        word.replace("--port=8090", "--port=" + port).replace("--data=/data", "--data=" + folder)));
        Path log = folder.resolve("log");

        Process process = new ProcessBuilder(command)
                .directory(image.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
                assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                return get(port, "/count").statusCode() == 200;
            });
            assertThat(post(port, "/limits", "{\"per_second\":80}").statusCode())
                    .isEqualTo(204);
            assertThat(post(
                                    port,
                                    "/v23.0/106540352242922/messages",
                                    "{\"messaging_product\":\"whatsapp\",\"to\":\"12025550101\",\"type\":\"text\",\"text\":{\"body\":\"hi\"}}")
                            .body())
                    .contains("wamid.");
            assertThat(get(port, "/received").body()).contains("12025550101");
            assertThat(Files.readString(log))
                    .contains("listening on port " + port)
                    .doesNotContain("Exception");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** As dependency:copy-dependencies copies them: the jars of these groups that the tests are compiled with. */
    private static void copyJars(List<String> groups, Path to) throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")
                    && groups.stream()
                            .anyMatch(
                                    group -> jar.resolve("../../..").normalize().endsWith(group.replace('.', '/')))) {
                Files.createSymbolicLink(to.resolve(jar.getFileName()), jar);
            }
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(request(port, path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(int port, String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(port, path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer not-a-secret");
    }
}
