package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** Its blocks are what is written and typed, and what it says that is printed is. */
    @Test
    void the_page_on_it_says_what_happens() throws IOException {
        String page = Files.readString(Path.of("src/docs/how-to/see-before-it-is-live.md"));
        files.file("event.json", blocks(page, "json").get(0));
        files.file("users.ndjson", blocks(page, "ndjson").get(0));
        files.file("events.ndjson", blocks(page, "ndjson").get(1));
        Path mine = folder.resolve("my-routes");
        SimulationFolder.copy(Path.of("routes"), mine);
        List<String> typed = blocks(page, "sh");
        List<String> printed = blocks(page, "text");

        Typed one = Typed.in(arguments(typed.get(0)));
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(one.out().lines().map(String::strip))
                .containsSubsequence(printed.get(0).lines().map(String::strip).toList());

        Path policy = mine.resolve("policy.yaml");
        Files.writeString(
                policy,
                Files.readString(policy)
                        .replaceFirst("(?s)  work_started:\n.*?(?=  work_finished:)", "")
                        .replace(
                                "  work_finished:",
                                blocks(page, "yaml").get(0).replace("$", "$") + "  work_finished:"));
        Typed difference = Typed.in(arguments(typed.get(1)));
        assertThat(difference.exitCode()).as(difference.err()).isZero();
        assertThat(difference.out()).startsWith(printed.get(1).strip());
    }

    private String[] arguments(String line) {
        assertThat(line).startsWith("java -jar camelbell.jar ");
        return line.strip()
                .replace("java -jar camelbell.jar ", "")
                .replaceAll("(my-routes|\\w+\\.(?:nd)?json)", folder + "/$1")
                .split(" ");
    }

    private static List<String> blocks(String page, String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
