package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between two versions of the tables, and what the page on it promises. */
class SimulateDifferenceTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private SimulationFolder files;

    @BeforeEach
    void files() throws IOException {
        files = SimulationFolder.in(folder);
    }

    @Test
    void two_versions_differ_in_whom_they_tell_and_in_which_words() throws IOException {
        Path before = folder.resolve("before");
        SimulationFolder.copy(files.routes(), before);
        files.policy(
                "tell: [creator]\n    over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: Ticket Opened",
                "tell: [creator, admins]\n    over: [WHATSAPP, SYSTEM]\n    subject: Ticket Opened");
        files.policy("Ticket Created", "Ticket, New");
        files.policy("  ticket_rejected:", "  ticket_refused:");
        Path words = files.routes().resolve("whatsapp-templates.yaml");
        Files.writeString(words, Files.readString(words).replace("ticket_rejected:", "ticket_refused:"));
        Path events = folder.resolve("events.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(events))) {
            for (String event : List.of(
                    SimulationFolder.event("ticket_created", "a", "\"actor\":1"),
                    SimulationFolder.event("ticket_opened", "a", "\"actor\":1"),
                    SimulationFolder.event("ticket_opened", "b", "\"actor\":1"),
                    SimulationFolder.event("ticket_rejected", "a", "\"actor\":1"),
                    "{")) {
                out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        Typed typed = files.compare(events, before, "--json");

        JsonNode difference = SimulationFolder.json(typed);
        assertThat(difference.at("/sentence").asText())
                .isEqualTo("5 events: 1 person more by WhatsApp, 2 people more by System Alert, 1 person less by Email,"
                        + " 1 person less by WhatsApp, 2 people less by System Alert, 2 people in other words by"
                        + " System Alert, 1 event more refused.");
        assertThat(difference.at("/refused")).hasToString("{\"MALFORMED\":1,\"UNKNOWN_TYPE\":1}");
        assertThat(difference.at("/types/ticket_opened/WHATSAPP"))
                .hasToString("{\"more\":2,\"less\":0,\"other_words\":0}");
        assertThat(difference.at("/types/ticket_created").size()).isEqualTo(1);
        assertThat(difference.findValue("less").at("/examples/0/user").asLong()).isPositive();
        assertThat(files.compare(events, before).out())
                .startsWith(difference.at("/sentence").asText());
    }

    @Test
    void the_same_tables_differ_in_nothing() throws IOException {
        Path events = files.file(
                "events.ndjson",
                SimulationFolder.event("ticket_created", "a", "\"actor\":1") + "\n\n"
                        + SimulationFolder.event("work_finished", "b", "\"actor\":1"));

        assertThat(files.compare(events, Path.of("routes")).out())
                .isEqualTo("2 events: nobody more, nobody less." + System.lineSeparator());
    }

    /** That its commands run at all, DocumentedCommandsTest sees; here is what the first one prints. */
    @Test
    void the_page_on_it_shows_lines_that_are_printed() throws IOException {
        String page = Files.readString(Path.of("src/docs/how-to/see-before-it-is-live.md"));
        Matcher written = Pattern.compile("cat > (\\S+) <<'END'\n(.*?)END\n", Pattern.DOTALL)
                .matcher(page);
        while (written.find()) {
            files.file(written.group(1), written.group(2));
        }
        Matcher shown = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(shown.find()).isTrue();

        Typed one = Typed.in(
                "simulate",
                "--event",
                folder + "/event.json",
                "--users",
                folder + "/users.ndjson",
                "--routes",
                "routes");

        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(one.out().lines().map(String::strip))
                .containsSubsequence(shown.group(1).lines().map(String::strip).toList());
    }
}
