package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows src/docs/how-to/add-an-event-type.md to the letter: its blocks are what is written and posted. */
class AddAnEventTypeTest {

    private static final Path PAGE = Path.of("src/docs/how-to/add-an-event-type.md");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path routes;

    @Test
    void whoever_follows_the_page_has_a_type_of_event() throws Exception {
        List<String> yaml = blocks("yaml");
        List<String> json = blocks("json");
        QuickRoutes quick = QuickRoutes.in(routes);
        Path policy = routes.resolve("policy.yaml");
        below(policy, "\nevents:\n", yaml.get(0));
        Files.writeString(policy, yaml.get(1) + Files.readString(policy));
        try (Stream<Path> files = Files.list(routes.resolve("templates/words"))) {
            for (Path words : files.toList()) {
                below(words, "\nevents:\n", yaml.get(2));
            }
        }

        try (Hub hub = new Hub(quick.setting())) {
            hub.post("users", "7", json.get(0));
            hub.flush();
            hub.post("ticket-events", "63", json.get(1));
            hub.flush();

            await().until(() -> hub.mailbox().newest(1).size() == 1);
            MimeMessage mail = hub.mailbox().newest(1).get(0);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            mail.writeTo(text);
            assertThat(mail.getHeader("To")).containsExactly("ann@example.org");
            assertThat(text.toString(StandardCharsets.UTF_8).replace("=\r\n", ""))
                    .contains("This ticket now has severity 1: It burns");
            assertThat(new Rest(hub)
                            .get("/api/notifications/?notification_type=SYSTEM", 7)
                            .json()
                            .at("/results/0/message")
                            .asText())
                    .isEqualTo("Escalated to severity 1: It burns");
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void below(Path file, String line, String lines) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(line);
        Files.writeString(file, text.replace(line, line + lines));
    }
}
