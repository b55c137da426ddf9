package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.runtime.SimpleOperators;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is typed after {@code simulate} that is odd, large or made to harm. */
class SimulateInputTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private SimulationFolder files;

    @BeforeEach
    void files() throws IOException {
        files = SimulationFolder.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {                                          | MALFORMED, not one JSON document at line
            ''                                         | EMPTY, the record has no value
            []                                         | NOT_OBJECT, the document is of type ARRAY
            {"specversion":"1.0","source":"u","id":"1","type":"tikcet_created","data":{"ticket":{}}} | UNKNOWN_TYPE at /type,
            {"specversion":"1.0","source":"u","id":"1","type":"ticket_created","data":{"ticket":{"id":"x"}}} | INVALID_FIELD at /data/ticket/id,
            {"specversion":"1.0","id":"1","id":"2"}    | MALFORMED,
            """)
    void an_event_that_would_be_a_dead_letter_is_refused_with_its_code_and_pointer(String event, String why)
            throws IOException {
        Typed typed = files.simulateEvent(event, "--json");

        assertThat(typed.exitCode()).isEqualTo(3);
        assertThat(typed.err())
                .startsWith("The hub would refuse the event: " + why)
                .hasLineCount(1);
        assertThat(SimulationFolder.json(typed).at("/dead_letter/code").asText())
                .isEqualTo(why.replaceFirst("[ ,].*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--event nowhere.json --users nowhere.ndjson",
                "--event . --users nowhere.ndjson",
                "--events nowhere.ndjson --users USERS --against routes",
                "--event EVENT --users nowhere.ndjson",
                "--event EVENT --users EVENT",
                "--event EVENT --users USERS --routes nowhere",
                "--event EVENT --users USERS --routes src"
            })
    void what_is_not_there_is_said_in_one_sentence(String line) throws IOException {
        Path event = files.file("event.json", "[]");

        Typed typed = Typed.in(("simulate "
                        + line.replace("EVENT", event.toString())
                                .replace("USERS", files.users().toString()))
                .split(" "));

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).doesNotContain("Exception", "\tat ");
        assertThat(typed.err().lines().filter(one -> !one.contains(", line "))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--event e --against routes",
                "--events e",
                "--events e --against routes --open",
                "--events e --against routes --person 3",
                "--event e --limit -1"
            })
    void what_does_not_fit_together_is_not_understood(String line) {
        Typed typed = Typed.in(("simulate " + line).split(" "));

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).hasLineCount(1);
    }

    @Test
    void records_of_users_are_taken_as_the_topic_takes_them() throws IOException {
        Files.writeString(
                files.users(),
                SimulationFolder.USERS
                        + """
                        no JSON
                        {"id":5,"username":"emil","name":"Emil","role":"BOSS"}
                        {"id":6,"username":"fay","name":"Fay","role":"ADMIN","groups":"shop"}
                        {"id":1,"username":"ann","name":"Ann","role":"CLIENT"}
                        """);

        Typed typed = files.simulate("ticket_created", "t", "--limit", "0");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("line 5: no person"),
                        line -> assertThat(line).contains("line 6: no person", "/role must be one of"),
                        line -> assertThat(line).endsWith("line 7: left out, as the hub would: /groups."));
        assertThat(typed.out()).contains("2 people meant: 2 TOLD", "2 people more are not shown");
    }

    @Test
    void an_event_for_very_many_is_counted_whole_and_shown_in_part() throws IOException {
        Files.writeString(
                files.users(),
                IntStream.rangeClosed(1, 5000)
                        .mapToObj(id ->
                                "{\"id\":" + id + ",\"username\":\"u\",\"name\":\"\",\"role\":\"ADMIN\",\"email\":\"u"
                                        + id + "@example.org\"}\n")
                        .collect(Collectors.joining()));

        JsonNode told = SimulationFolder.json(files.simulate("ticket_created", "t", "--json"));

        assertThat(told.at("/counts/people").asInt()).isEqualTo(5000);
        assertThat(told.at("/counts/channels/0/told").asInt()).isEqualTo(5000);
        assertThat(told.get("people")).hasSize(100);
        assertThat(told.get("more").asInt()).isEqualTo(4900);
    }

    @Test
    void a_title_gives_a_terminal_no_orders() throws IOException {
        assertThat(files.simulate("ticket_opened", "a\\u001b[2Jb\\u202ec").out())
                .contains("[2J")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void a_page_shows_the_mails_and_runs_nothing_and_nobody_else_may_read_it() throws IOException {
        List<Path> opened = new ArrayList<>();
        Path event = files.file(
                "event.json",
                SimulationFolder.event("ticket_created", "</iframe>\\\"><script>alert(1)</script>", "\"actor\":1"));

        int exitCode = new CommandLine(new SimulateCommand(SimpleOperators::standalone, opened::add))
                .setOut(new java.io.PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .execute(
                        "--event",
                        event.toString(),
                        "--users",
                        files.users().toString(),
                        "--routes",
                        files.routes().toString(),
                        "--open");

        assertThat(exitCode).isZero();
        assertThat(opened).hasSize(1);
        Path page = opened.get(0);
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                    .isEqualTo("rw-------");
            assertThat(page)
                    .content()
                    .contains(
                            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';",
                            "<iframe sandbox title=\"E-mail for user 1\" srcdoc=\"&lt;!DOCTYPE html&gt;",
                            "Ein neues Ticket",
                            "NO_ADDRESS",
                            "&lt;script&gt;alert(1)")
                    .doesNotContain("<script", "&quot;><", "javascript:");
            assertThat(Files.readString(page).split("</iframe>", -1))
                    .as("one for each mail")
                    .hasSize(3);
        } finally {
            Files.delete(page);
        }
    }
}
