package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an event would come to, by the files of a folder: no hub, no broker, no database. */
class SimulateCommandTest {

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
    void an_event_is_said_with_its_rule_whom_it_means_and_every_message() throws IOException {
        JsonNode told = SimulationFolder.json(files.simulate("ticket_created", "It burns", "--json"));

        assertThat(told.get("rule"))
                .hasToString("{\"type\":\"ticket_created\",\"tell\":[\"ADMINS\"],"
                        + "\"over\":[\"EMAIL\",\"WHATSAPP\",\"SYSTEM\"]}");
        assertThat(told.at("/counts/outcomes")).hasToString("{\"TOLD\":2}");
        assertThat(told.at("/counts/channels/1"))
                .hasToString("{\"channel\":\"WHATSAPP\",\"told\":1,\"skipped\":{\"NO_ADDRESS\":1}}");
        JsonNode ann = told.at("/people/0/notifications");
        assertThat(ann.at("/0/message/subject").asText()).isEqualTo("[#63] It burns");
        assertThat(ann.at("/0/message/text").asText()).startsWith("Hello Ann,");
        assertThat(ann.at("/0/message/html").asText())
                .startsWith("<!DOCTYPE html>")
                .contains("Hello Ann,");
        assertThat(ann.at("/1/message/payload/template/components/0/parameters/1/text")
                        .asText())
                .isEqualTo("It burns");
        assertThat(ann.at("/1/message/text").asText())
                .isEqualTo("A new ticket of High priority was created: It burns. Open it to read more.");
        assertThat(ann.at("/2").toString()).contains("\"SENT\"", "New High priority ticket created: It burns");
        JsonNode ben = told.at("/people/1/notifications");
        assertThat(ben.at("/0/message/text").asText()).contains("Ein neues Ticket");
        assertThat(ben.get(1))
                .hasToString("{\"channel\":\"WHATSAPP\",\"status\":\"SKIPPED\",\"reason\":\"NO_ADDRESS\"}");
    }

    @Test
    void who_is_left_out_is_named_and_why_and_a_person_may_be_asked_for() throws IOException {
        JsonNode told = SimulationFolder.json(files.simulateEvent(
                SimulationFolder.event("ticket_assigned", "t", "\"assignees\":[4,99,3]"), "--json", "--person", "3"));
        assertThat(told.at("/counts/outcomes")).hasToString("{\"INACTIVE\":1,\"TOLD\":1,\"UNKNOWN\":1}");
        assertThat(told.at("/people")).hasSize(1);

        Typed typed = files.simulate("ticket_created", "t", "--person", "3");
        assertThat(typed.out()).contains("user 3: NOT_MEANT").doesNotContain("user 1");
    }

    @Test
    void rules_and_conditions_are_told_as_explain_tells_them() throws IOException {
        files.policy(
                "    tell: [admins]\n    over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: New",
                """
                    over: [SYSTEM]
                    rules:
                      - tell: [admins]
                        when: ${ticket.priority} == 'LOW'
                      - tell: [group: shop, creator]
                        when: ${person.id} != ${event.actor}
                    subject: New"""
                        .indent(4)
                        .stripTrailing());

        Typed typed = files.simulateEvent(SimulationFolder.event("ticket_created", "t", "\"actor\":3"));

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .contains(
                        "rule 1 CONDITION_NOT_MET: tells ADMINS over SYSTEM when ${ticket.priority} == 'LOW'",
                        "rule 2 COUNTED: tells GROUP shop, CREATOR over SYSTEM when ${person.id} != ${event.actor}",
                        "2 people meant: 1 CONDITION_NOT_MET, 1 TOLD",
                        "user 3: CONDITION_NOT_MET, as CREATOR");
    }

    @Test
    void nobody_told_is_said_with_an_exit_code_of_its_own() throws IOException {
        assertThat(files.simulate("ticket_assigned", "t")).satisfies(nobody -> {
            assertThat(nobody.exitCode()).isEqualTo(4);
            assertThat(nobody.out()).contains("0 people meant: nobody");
            assertThat(nobody.err())
                    .startsWith("Nobody would be told of it: no rule")
                    .hasLineCount(1);
        });
        files.policy(
                "tell: [creator]\n    over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: Ticket Opened",
                "tell: [creator]\n    over: [WHATSAPP]\n    subject: Ticket Opened");
        assertThat(files.simulate("ticket_opened", "t")).satisfies(unreachable -> {
            assertThat(unreachable.exitCode()).isEqualTo(4);
            assertThat(unreachable.err()).contains("cannot be reached").hasLineCount(1);
        });
    }

    @Test
    void a_mistake_in_the_tables_is_said_with_file_and_line() throws IOException {
        files.policy(
                "over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: Ticket Opened",
                "over: [WHATSAP]\n    subject: Ticket Opened");

        Typed typed = files.simulate("ticket_created", "t");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .contains("policy.yaml", "policy.yaml:42:", "did you mean WHATSAPP?")
                .hasLineCount(1);
    }

    @Test
    void a_mistake_in_the_words_is_said_with_file_and_line() throws IOException {
        Path words = files.routes().resolve("templates/words/de.yaml");
        Files.writeString(words, Files.readString(words).replaceFirst("\\{title}", "{titel}"));

        Typed typed = files.simulate("ticket_created", "t");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("de.yaml", "did you mean title?").hasLineCount(1);
    }

    @Test
    void a_channel_with_steps_of_its_own_shows_its_plain_words_and_says_that_there_may_be_more() throws IOException {
        Files.copy(
                Path.of("routes/examples/53-channel-sms.camel.yaml"),
                files.routes().resolve("53-channel-sms.camel.yaml"));
        files.policy(
                "channels:\n", "channels:\n  SMS:\n    display: SMS\n    route: channel-sms\n    address: email\n");
        files.policy(
                "over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: Ticket Opened",
                "over: [SMS]\n    subject: Ticket Opened");

        JsonNode message = SimulationFolder.json(files.simulate("ticket_opened", "It burns", "--json"))
                .at("/people/0/notifications/0/message");

        assertThat(message.at("/text").asText()).isEqualTo("Your ticket has been opened: It burns");
        assertThat(message.at("/link").asText()).endsWith("/tickets/63");
        assertThat(message.at("/note").asText()).contains("textWriter", "channel-sms");
    }

    @Test
    void links_to_opt_out_are_placeholders() throws IOException {
        System.setProperty("camelbell.http.public-url", "https://notify.example.org");
        try {
            assertThat(files.simulate("ticket_opened", "t").out()).contains("https://notify.example.org/u/preview");
        } finally {
            System.clearProperty("camelbell.http.public-url");
        }
    }
}
