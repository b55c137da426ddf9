package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Types of events of one's own, groups, several rules and conditions, on a whole hub: from the topics to what people read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesTest {

    private static final int CROWD = 900;
    private static final int ADMIN = 1;
    private static final int ACTOR = 2;
    private static final int CLIENT = 3;
    private static final int ON_CALL = 4;

    private static final String TABLE =
            """

              ticket_escalated:
                over: [EMAIL, SYSTEM]
                subject: Ticket Escalated
                message: "Escalated: {title} (severity {severity})"
                rules:
                  - tell: [admins]
                    over: [EMAIL]
                    when: ${person.id} != ${event.actor}
                  - tell: [group: on-call, creator]
                    message: "For you: {title}"
                    when: ${ticket.severity} > 3 && ${person.badge} > 1
                otherwise:
                  tell: [actor]
                  over: [SYSTEM]
                  message: "Nobody else: {title}"
              crowd_called:
                over: [SYSTEM]
                subject: Crowd
                message: "Crowd: {title}"
                rules:
                  - tell: [group: crowd]
                  - tell: [group: odd]
                    over: [EMAIL, SYSTEM]
                    message: "Odd: {title}"
              odd_first:
                over: [SYSTEM]
                subject: Crowd
                message: "Crowd: {title}"
                rules:
                  - tell: [group: odd]
                    over: [SYSTEM, EMAIL]
                    message: "Odd: {title}"
                  - tell: [group: crowd]
            """;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private Hub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path policy = QuickRoutes.in(folder).folder().resolve("policy.yaml");
        Files.writeString(
                policy,
                Files.readString(policy)
                                .stripTrailing()
                                .replace("\nevents:\n", "\nfields:\n  ticket: [severity]\n  person: [badge]\nevents:\n")
                        + TABLE);
        hub = new Hub("camelbell.routes=file:" + folder, "camelbell.delivery.rows-per-transaction=100");
        user(ADMIN, "ADMIN", ",\"email\":\"ann@example.org\"");
        user(ACTOR, "ADMIN", ",\"email\":\"ben@example.org\"");
        user(CLIENT, "CLIENT", ",\"email\":\"carla@example.org\",\"badge\":\"seven\"");
        user(ON_CALL, "DEVELOPER", ",\"email\":\"dora@example.org\",\"badge\":\"7\",\"groups\":[\"on-call\"]");
        for (int id = 1001; id <= 1000 + CROWD; id++) {
            user(id, "CLIENT", ",\"groups\":[\"crowd\"" + (id % 2 == 1 ? ",\"odd\"" : "") + "]");
        }
        hub.flush();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void a_type_of_ones_own_is_told_as_its_rules_say_and_each_person_reads_the_words_of_the_first_rule()
            throws Exception {
        try (Caller onCall = new Caller(hub.port(), ON_CALL)) {
            await().until(() -> !onCall.frames().isEmpty());
            event("escalated-1", "ticket_escalated", 70, "\"severity\":5");
            await().until(() -> told("escalated-1").size() == 3 && unsent() == 0);

            assertThat(told("escalated-1")).containsExactly("1 EMAIL SENT null", "4 EMAIL SENT 1", "4 SYSTEM SENT 1");
            await().until(() -> onCall.frames().size() > 1);
            assertThat(onCall.frames().get(1).path("message").asText()).isEqualTo("For you: It burns");
        }
        assertThat(messages(ON_CALL, "escalated-1"))
                .containsExactlyInAnyOrder("EMAIL For you: It burns", "SYSTEM For you: It burns");
        assertThat(messages(ADMIN, "escalated-1")).contains("EMAIL Escalated: It burns (severity 5)");
        assertThat(mailTo("ann@example.org")).anyMatch(mail -> mail.contains("Escalated: It burns (severity 5)"));
        assertThat(mailTo("dora@example.org")).anyMatch(mail -> mail.contains("For you: It burns"));

        JsonNode explained = explain("escalated-1");
        assertThat(outcomes(explained))
                .containsEntry(1, "TOLD [1 ADMINS TOLD]")
                .containsEntry(2, "CONDITION_NOT_MET [1 ADMINS CONDITION_NOT_MET]")
                .containsEntry(3, "CONDITION_FAILED [2 CREATOR CONDITION_FAILED]")
                .containsEntry(4, "TOLD [2 GROUP on-call TOLD]");
        assertThat(explained.at("/rules"))
                .hasToString(
                        """
                        [{"rule":"1","tell":["ADMINS"],"over":["EMAIL"],"when":"${person.id} != ${event.actor}",\
                        "outcome":"COUNTED"},{"rule":"2","tell":["GROUP on-call","CREATOR"],"over":["EMAIL","SYSTEM"],\
                        "when":"${ticket.severity} > 3 && ${person.badge} > 1","outcome":"COUNTED",\
                        "error":"${person.badge} > 1: a value is no number"}]""");
        JsonNode hers =
                new Rest(hub).get("/api/admin/explain/?ticket=70&user=3", ADMIN).json();
        assertThat(hers.at("/events/0/people/0/outcome").asText()).isEqualTo("CONDITION_FAILED");
        assertThat(hers.at("/events/0/people/0/rules/0/rule").asText()).isEqualTo("2");
        assertThat(hers.at("/events/0/rules")).hasSize(2);
    }

    @Test
    void a_condition_that_fails_for_the_event_loses_nobody_else_and_is_explained() throws Exception {
        event("escalated-2", "ticket_escalated", 71, "\"severity\":\"high\"");
        await().until(() -> told("escalated-2").size() == 1);

        assertThat(told("escalated-2").get(0)).startsWith("1 EMAIL");
        JsonNode explained = explain("escalated-2");
        assertThat(explained.at("/rules/1/outcome").asText()).isEqualTo("CONDITION_FAILED");
        assertThat(explained.at("/rules/1/error").asText()).isEqualTo("${ticket.severity} > 3: a value is no number");
    }

    @Test
    void a_huge_event_of_two_rules_is_written_in_slices_each_person_in_the_right_words() throws Exception {
        for (String type : new String[] {"crowd_called", "odd_first"}) {
            event(type, type, 72, "\"severity\":1");
            event(type, type, 72, "\"severity\":1");
            await().until(() -> told(type).size() == CROWD + CROWD / 2);
            Map<String, Integer> kinds = new TreeMap<>();
            told(type)
                    .forEach(row -> kinds.merge(
                            (Integer.parseInt(row.split(" ", 2)[0]) % 2 == 1 ? "odd " : "even ") + row.split(" ", 2)[1],
                            1,
                            Integer::sum));
            assertThat(kinds)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "even SYSTEM SENT null",
                            CROWD / 2,
                            type.equals("crowd_called") ? "odd SYSTEM SENT null" : "odd SYSTEM SENT 1",
                            CROWD / 2,
                            "odd EMAIL SKIPPED 1",
                            CROWD / 2));
        }
        assertThat(messages(1001, "crowd_called")).containsExactly("SYSTEM Crowd: It burns");
        assertThat(messages(1001, "odd_first")).containsExactly("SYSTEM Odd: It burns");
        assertThat(messages(1002, "odd_first")).containsExactly("SYSTEM Crowd: It burns");
        assertThat(hub.query("SELECT count(*) FROM event_slice")).isZero();
    }

    @Test
    void who_leaves_a_group_or_the_directory_is_told_no_more_and_then_the_fallback_counts() throws Exception {
        user(50, "CLIENT", ",\"badge\":\"7\",\"groups\":[\"on-call\"]");
        user(51, "CLIENT", ",\"badge\":\"7\",\"groups\":[\"on-call\"]");
        hub.flush();
        event("left-1", "ticket_escalated", 73, "\"severity\":9");
        await().until(() -> told("left-1").stream().anyMatch(row -> row.startsWith("50 SYSTEM")));
        assertThat(told("left-1")).anyMatch(row -> row.startsWith("51 SYSTEM"));

        user(50, "CLIENT", ",\"badge\":\"7\"");
        hub.post("users", "51", null);
        hub.flush();
        event("left-2", "ticket_escalated", 73, "\"severity\":9");
        await().until(() -> told("left-2").stream().anyMatch(row -> row.startsWith("4 SYSTEM")));
        assertThat(told("left-2")).noneMatch(row -> row.startsWith("5"));

        user(ADMIN, "CLIENT", ",\"email\":\"ann@example.org\"");
        hub.flush();
        event("left-3", "ticket_escalated", 74, "\"severity\":1");
        await().until(() -> told("left-3").size() == 1);
        assertThat(told("left-3").get(0)).startsWith("2 SYSTEM SENT");
        assertThat(messages(ACTOR, "left-3")).contains("SYSTEM Nobody else: It burns");
        user(ADMIN, "ADMIN", ",\"email\":\"ann@example.org\"");
        hub.flush();
        await().until(() -> explain("left-3").at("/rules/2/rule").asText().equals("otherwise"));
    }

    @Test
    void a_type_that_the_table_does_not_name_is_put_aside_as_ever() {
        event("unknown", "ticket_vanished", 75, "\"severity\":1");
        try (StatusTopic status = new StatusTopic(hub)) {
            await().until(() -> status.all().stream()
                    .anyMatch(entry -> entry.key().equals("unknown")
                            && entry.change().equals("rejected")
                            && entry.json().path("reason").asText().equals("UNKNOWN_TYPE")));
        }
        assertThat(hub.query("SELECT count(*) FROM ticket_event WHERE event_id = 'unknown'"))
                .isZero();
        assertThat(hub.endOf("dead-letters")).isEqualTo(1);
    }

    private void user(int id, String role, String more) {
        hub.post(
                "users",
                String.valueOf(id),
                "{\"id\":%d,\"username\":\"user_%d\",\"name\":\"User\",\"role\":\"%s\"%s}"
                        .formatted(id, id, role, more));
    }

    private void event(String id, String type, long ticket, String more) {
        hub.post(
                "ticket-events",
                String.valueOf(ticket),
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"%s","time":"2016-02-29T07:08:00Z",
                 "data":{"ticket":{"id":%d,"title":"It burns","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":3,"created_at":"2016-02-29T07:08:00Z",%s},"actor":2}}"""
                        .formatted(id, type, ticket, more));
        hub.flush();
    }

    /** Recipient, channel, status and number of the words of each notification. */
    private List<String> told(String event) {
        return hub.jdbc()
                .sql(
                        """
                        SELECT concat_ws(' ', n.recipient, n.channel, n.status, coalesce(n.words::text, 'null'))
                        FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE e.event_id = ?
                        ORDER BY n.recipient, n.channel
                        """)
                .param(event)
                .query(String.class)
                .list();
    }

    private long unsent() {
        return hub.query("SELECT count(*) FROM delivery");
    }

    /** What the person's client lists of the event, as channel and message. */
    private List<String> messages(int user, String event) throws Exception {
        List<String> messages = new ArrayList<>();
        new Rest(hub)
                .get("/api/notifications/?page_size=100", user)
                .json()
                .path("results")
                .forEach(one -> {
                    if (one.path("event_id").asText().equals(event)) {
                        messages.add(one.path("notification_type").asText() + " "
                                + one.path("message").asText());
                    }
                });
        return messages;
    }

    private JsonNode explain(String event) throws Exception {
        return new Rest(hub)
                .get("/api/admin/explain/?source=urn%3Atest&id=" + event, ADMIN)
                .json();
    }

    private static Map<Integer, String> outcomes(JsonNode explained) {
        Map<Integer, String> outcomes = new TreeMap<>();
        explained.path("people").forEach(person -> {
            List<String> rules = new ArrayList<>();
            person.path("rules")
                    .forEach(rule -> rules.add(rule.path("rule").asText() + " "
                            + rule.path("audience").asText() + " "
                            + rule.path("outcome").asText()));
            outcomes.put(person.path("user").asInt(), person.path("outcome").asText() + " " + rules);
        });
        return outcomes;
    }

    private List<String> mailTo(String address) throws MessagingException, IOException {
        List<String> found = new ArrayList<>();
        for (MimeMessage mail : hub.mailbox().newest(100)) {
            if (mail.getHeader("To")[0].contains(address)) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                mail.writeTo(bytes);
                found.add(bytes.toString(StandardCharsets.UTF_8).replace("=\r\n", ""));
            }
        }
        return found;
    }
}
