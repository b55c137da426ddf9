package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.ScriptedGateway;
import camelbell.dev.ScriptedGateway.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows src/docs/how-to/add-a-channel.md to the letter: its blocks are what is written and posted. */
class AddAChannelTest {

    private static final Path PAGE = Path.of("src/docs/how-to/add-a-channel.md");

    @TempDir
    private Path folder;

    @Test
    void whoever_follows_the_page_has_a_channel() throws Exception {
        Path routes = QuickRoutes.in(folder).folder();
        List<String> yaml = blocks("yaml");
        below(routes.resolve("policy.yaml"), "\nchannels:\n", yaml.get(0));
        below(routes.resolve("retries.yaml"), "\nchannels:\n", yaml.get(1));
        Path words = routes.resolve("templates/words/en.yaml");
        Files.writeString(words, Files.readString(words) + "\n" + yaml.get(2));
        Files.writeString(routes.resolve("53-channel-pager.camel.yaml"), yaml.get(3));
        Path policy = routes.resolve("policy.yaml");
        Files.writeString(policy, Files.readString(policy).replaceFirst("SYSTEM]", "SYSTEM, PAGER]"));

        try (ScriptedGateway service = new ScriptedGateway(null);
                Hub hub = new Hub(settings(service))) {
            service.next(503, "", Map.of());
            service.usually(202, "{\"page\":{\"id\":\"p-77\"}}");
            hub.post("users", "1", blocks("json").get(0));
            hub.post("ticket-events", "7", EVENT);
            hub.flush();

            await().until(() -> hub.query(
                            "SELECT count(*) FROM notification_log WHERE channel = 'PAGER' AND status = 'SENT' AND provider_id = 'p-77'")
                    == 1);
            assertThat(service.received()).hasSize(2);
            Received page = service.received().get(1);
            assertThat(page.path()).isEqualTo("/v1/pages");
            assertThat(page.headers()).containsEntry("x-api-key", "the service's key");
            assertThat(page.body())
                    .isEqualTo("{\"text\":\"High: It \\\"burns\\\"\",\"ticket\":7,\"to\":{\"pager\":\"ann-1\"}}");
        }
    }

    private String[] settings(ScriptedGateway service) throws IOException {
        String properties = blocks("properties").get(0).replace("https://pager.example.org", service.url(""));
        return ("camelbell.routes=file:" + folder + "\n" + properties).strip().split("\n", -1);
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        return block.results().map(found -> found.group(1)).toList();
    }

    private static void below(Path file, String line, String lines) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(line);
        // the page's waits are for people
        Files.writeString(file, text.replace(line, line + lines.replace("schedule: [10s, 1m,", "schedule: [1s, 1s,")));
    }

    private static final String EVENT =
            """
            {"specversion":"1.0","id":"e1","source":"urn:example","type":"ticket_created","subject":"7",
             "time":"2026-03-01T10:00:00Z","datacontenttype":"application/json",
             "data":{"ticket":{"id":7,"title":"It \\"burns\\"","priority":"HIGH","category":"BUG","status":"NEW",
               "created_by":2,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}""";
}
