package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who tries the commands on a hub that runs. */
class CommandsOnAHubTest {

    private static CommandHub hub = new CommandHub(Map.of());

    @BeforeAll
    static void an_admin_and_a_client_without_addresses() {
        try (KafkaProducer<String, String> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", Stack.kafka().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (String user : List.of(
                    "{\"id\":1,\"username\":\"a\",\"name\":\"A\",\"role\":\"ADMIN\",\"email\":\"a@example.org\"}",
                    "{\"id\":3,\"username\":\"c\",\"name\":\"C\",\"role\":\"CLIENT\"}")) {
                var unused = kafka.send(new ProducerRecord<>(
                        hub.setting("camelbell.kafka.topics.users"), user.replaceAll("[^0-9]", ""), user));
            }
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void send_gives_the_ticket_further_fields_and_its_own_stay_its_own() {
        Typed typed = Typed.in(
                "send",
                "ticket_created",
                "--creator",
                "3",
                "--field",
                "severity=5",
                "--field",
                "title=x",
                "--wait",
                "0s");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("\"severity\":\"5\"", "\"title\":\"Homepage not loading\"");
    }

    @Test
    void send_says_who_was_told_over_what_once_it_is_on_file() {
        Typed typed = Typed.in("send", "ticket_created", "--creator", "3");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out().lines())
                .hasSize(2)
                .last()
                .isEqualTo("user 1: EMAIL sent, WHATSAPP skipped (NO_ADDRESS), SYSTEM sent");
        assertThat(rowsOf(1)).isPositive();
    }

    @Test
    void a_script_reads_what_became_of_the_event() throws Exception {
        Typed told = Typed.in("send", "ticket_created", "--creator", "3", "--json");
        Typed refused = Typed.in("send", "foo", "--creator", "3", "--json");

        assertThat(told.err()).isEmpty();
        JsonNode report = CommandsPage.documented("send", told.out());
        assertThat(report.path("event").path("type").asText()).isEqualTo("ticket_created");
        assertThat(report.path("outcome").asText()).isEqualTo("told");
        assertThat(report.path("people").toString())
                .isEqualTo("[{\"user\":1,\"told\":[{\"channel\":\"EMAIL\",\"change\":\"sent\",\"reason\":null},"
                        + "{\"channel\":\"WHATSAPP\",\"change\":\"skipped\",\"reason\":\"NO_ADDRESS\"},"
                        + "{\"channel\":\"SYSTEM\",\"change\":\"sent\",\"reason\":null}]}]");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).hasLineCount(1);
        JsonNode refusal = CommandsPage.documented("send", refused.out());
        assertThat(refusal.path("outcome").asText()).isEqualTo("refused");
        assertThat(refusal.path("reason").asText()).isEqualTo("UNKNOWN_TYPE");
    }

    @Test
    void send_says_what_was_refused_where_and_why() {
        Typed type = Typed.in("send", "foo", "--creator", "3");
        Typed priority = Typed.in("send", "ticket_created", "--creator", "3", "--priority", "URGENT");
        Typed person = Typed.in("send", "ticket_created", "--creator", "-1");

        assertThat(type.err())
                .startsWith("The hub refused the event: UNKNOWN_TYPE at /type, ")
                .contains("-dlt-", "work_started");
        assertThat(priority.err())
                .startsWith("The hub refused the event: INVALID_FIELD at /data/ticket/priority, ")
                .contains("must be one of [", "CRITICAL", "MEDIUM");
        assertThat(person.err()).startsWith("The hub refused the event: INVALID_FIELD at /data/ticket/created_by, ");
        for (Typed refused : List.of(type, priority, person)) {
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err().lines()).hasSize(1);
        }
    }

    @Test
    void send_says_when_there_is_nobody_to_tell_or_nobody_was_reached() {
        Typed nobody = Typed.in("send", "ticket_assigned", "--creator", "3");
        Typed unknown = Typed.in("send", "ticket_opened", "--creator", "99");

        assertThat(nobody.err()).contains("nobody is to be told: ticket_assigned tells assignees", "--assignee");
        assertThat(unknown.err()).contains("ticket_opened tells creator", "--creator");
        for (Typed told : List.of(nobody, unknown)) {
            assertThat(told.exitCode()).isEqualTo(4);
            assertThat(told.err().lines()).hasSize(1);
        }
    }

    @Test
    void listen_prints_frames_and_says_why_there_are_none() {
        await().until(() -> people() == 2);

        Typed typed = Typed.in("listen", "--user", "3", "--frames", "1");
        Typed stranger = Typed.in("listen", "--user", "99");
        Typed nowhere = Typed.in("listen", "--user", "3", "--url", "ws://localhost:1/");
        Typed noSocket = Typed.in("listen", "--user", "3", "--url", "http://localhost:1/");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .startsWith("{\"type\":\"connection_established\"")
                .hasLineCount(1);
        assertThat(stranger.exitCode()).isEqualTo(1);
        assertThat(stranger.err()).contains("refuses the WebSocket with 401").hasLineCount(1);
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("No WebSocket at ws://localhost:1/").hasLineCount(1);
        assertThat(noSocket.exitCode()).isEqualTo(2);
        assertThat(noSocket.err()).hasLineCount(1);
    }

    @Test
    void simulate_knows_the_people_of_the_database_and_who_has_opted_out_and_writes_nothing(@TempDir Path folder)
            throws Exception {
        write("INSERT INTO person (id, username, name, role, active, contacts, changed_at) VALUES (7, 'd', 'D',"
                + " 'DEVELOPER', true, '{\"email\":\"d@example.org\"}', now())");
        write("INSERT INTO opt_out (person, channel, at) VALUES (7, 'EMAIL', now())");
        try {
            Path event = Files.writeString(
                    folder.resolve("event.json"), SimulationFolder.event("ticket_assigned", "t", "\"assignees\":[7]"));
            long before = rowsOf(7);

            Typed typed = Typed.in("simulate", "--event", event.toString());

            assertThat(typed.exitCode()).as(typed.err()).isZero();
            assertThat(typed.out()).contains("user 7: TOLD, as ASSIGNEES", "EMAIL SKIPPED (OPTED_OUT)", "SYSTEM SENT");
            assertThat(rowsOf(7)).isEqualTo(before);
            assertThatThrownBy(() -> Database.read(Settings.load(), any -> any.sql("DELETE FROM opt_out")
                            .update()))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("read-only transaction");
        } finally {
            write("DELETE FROM opt_out WHERE person = 7");
            write("DELETE FROM person WHERE id = 7");
        }
    }

    @Test
    void a_token_for_somebody_unknown_is_warned_of() {
        await().until(() -> people() == 2);

        assertThat(Typed.in("token", "--user", "3").err()).isEmpty();
        Typed unknown = Typed.in("token", "--user", "99");
        assertThat(unknown.exitCode()).isZero();
        assertThat(unknown.out().lines()).hasSize(1);
        assertThat(unknown.err()).contains("no active user 99").hasLineCount(1);
    }

    @Test
    void a_word_that_no_filter_knows_is_refused_and_not_passed_over() {
        for (List<String> line : List.of(
                List.of("deliveries", "list", "--channel", "FAX"),
                List.of("deliveries", "cancel", "--type", "ticket_closed"),
                List.of("deliveries", "retry", "--channel", "email"),
                List.of("dead-letters", "list", "--topic", "ticket-events"),
                List.of("dead-letters", "replay", "--code", "MALFROMED"))) {
            Typed typed = Typed.in(line.toArray(String[]::new));

            assertThat(typed.exitCode()).as(line.toString()).isEqualTo(2);
            assertThat(typed.err()).startsWith("There is no " + line.get(3)).hasLineCount(1);
        }
        assertThat(Typed.in("deliveries", "list").err())
                .isEqualTo("There is no such failed delivery of the last seven" + " days." + System.lineSeparator());
        assertThat(Typed.in("deliveries", "retry", "--id", "999").exitCode()).isEqualTo(1);
    }

    private static void write(String sql) {
        int changed = Database.work(Settings.load(), jdbc -> jdbc.sql(sql).update());
        assertThat(changed).isEqualTo(1);
    }

    private static long rowsOf(long person) {
        return hub.query("SELECT count(*) FROM notification_log WHERE recipient = " + person);
    }

    private static long people() {
        return hub.query("SELECT count(*) FROM person");
    }
}
