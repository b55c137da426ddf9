package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see and do, on a whole hub over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {

    private static final int ADMIN = 1;
    private static final int CREATOR = 2;
    private static final String ONE = "/api/admin/explain/?source=urn%3Atest&id=";

    private final Hub hub = new Hub();
    private final Rest rest = new Rest(hub);

    @BeforeAll
    void a_history() {
        hub.whatsapp().script(Map.of("to", "15550000002", "code", 131026));
        user(ADMIN, "ADMIN", ",\"email\":\"ann@example.org\",\"whatsapp_number\":\"+15550000001\"");
        user(CREATOR, "ADMIN", ",\"whatsapp_number\":\"+15550000002\"");
        user(3, "DEVELOPER", ",\"active\":false");
        user(4, "DEVELOPER", "");
        hub.flush();
        event(63, "finished", "work_finished", "");
        event(63, "assigned", "ticket_assigned", "3,99,4");
        hub.flush();
        await().untilAsserted(() -> {
            assertThat(number("SELECT count(*) FROM notification_log")).isEqualTo(9);
            assertThat(number("SELECT count(*) FROM delivery")).isZero();
        });
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void an_event_is_explained_with_its_rule_its_candidates_and_every_attempt() throws Exception {
        Rest.Answer answer = rest.get(ONE + "finished", ADMIN);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode told = answer.json();
        assertThat(told.at("/event/type").asText()).isEqualTo("work_finished");
        assertThat(told.at("/event/received_at").asText()).isNotEmpty();
        assertThat(told.get("rule"))
                .hasToString("{\"type\":\"work_finished\",\"tell\":[\"CREATOR\",\"ADMINS\"],"
                        + "\"over\":[\"EMAIL\",\"WHATSAPP\",\"SYSTEM\"]}");
        assertThat(people(told)).containsExactly("2 [\"CREATOR\",\"ADMINS\"] TOLD", "1 [\"ADMINS\"] TOLD");
        assertThat(notifications(told.at("/people/0")))
                .containsExactly(
                        "EMAIL SKIPPED NO_ADDRESS []",
                        "WHATSAPP FAILED META 131026 [FAILED_FOR_GOOD META 131026]",
                        "SYSTEM SENT null []");
        assertThat(notifications(told.at("/people/1")))
                .containsExactly(
                        "EMAIL SENT null [SENT null]", "WHATSAPP SENT null [SENT null]", "SYSTEM SENT null []");
        assertThat(told.at("/people/1/notifications/1/provider_id").asText()).startsWith("wamid.");
        assertThat(told.at("/people/1/notifications/2/seq").asInt()).isEqualTo(1);
    }

    @Test
    void who_was_left_out_is_named_with_the_reason_as_it_was_then() throws Exception {
        JsonNode told = rest.get(ONE + "assigned", ADMIN).json();

        assertThat(people(told))
                .containsExactlyInAnyOrder(
                        "3 [\"ASSIGNEES\"] INACTIVE", "4 [\"ASSIGNEES\"] TOLD", "99 [\"ASSIGNEES\"] UNKNOWN");
    }

    @Test
    void a_person_asks_why_nothing_came_of_a_ticket() throws Exception {
        JsonNode told = rest.get("/api/admin/explain/?ticket=63&user=3", ADMIN).json();

        assertThat(told.get("user"))
                .hasToString("{\"id\":3,\"known\":true,\"active\":false,\"role\":\"DEVELOPER\",\"addresses\":[]}");
        List<String> answers = new ArrayList<>();
        told.get("events")
                .forEach(one -> answers.add(one.at("/event/id").asText() + " "
                        + one.at("/people/0/outcome").asText()));
        assertThat(answers).containsExactly("assigned INACTIVE", "finished NOT_MEANT");
    }

    @Test
    void an_event_that_told_very_many_is_explained_in_pages() throws Exception {
        hub.execute(
                "INSERT INTO ticket_event (id, source, event_id, type, occurred_at, received_at, assignees, ticket_id,"
                        + " ticket_title, ticket_priority, ticket_category, ticket_status, ticket_created_by,"
                        + " ticket_project, ticket_created_at, subject, message, plan) SELECT 800000 + n, 'urn:test', CASE"
                        + " n WHEN 0 THEN 'many' ELSE 'old' END, 'ticket_created', now(), now(), '{}', 66, repeat('t',"
                        + " 300000), 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm', CASE n WHEN 0 THEN (SELECT"
                        + " jsonb_build_object('over', jsonb_build_array('EMAIL'), 'tell',"
                        + " jsonb_build_array(jsonb_build_object('audience', 'ADMINS', 'told', jsonb_agg(p)))) FROM"
                        + " generate_series(10001, 10450) p) END FROM generate_series(0, 1) n");
        hub.execute("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at, reason)"
                + " SELECT 810000 + p + 1000 * n, 800000 + n, 10000 + p, 'EMAIL', 'FAILED', true, now(), repeat('r',"
                + " 100000) FROM generate_series(1, 450) p, generate_series(0, 1) n");

        for (String event : List.of("many", "old")) {
            List<String> people = new ArrayList<>();
            String next = ONE + event;
            for (int page = 0; next != null; page++) {
                Rest.Answer answer = rest.get(next, ADMIN);
                assertThat(answer.body().length()).isLessThan(1_500_000);
                people.addAll(people(answer.json()));
                next = page > 9 || !answer.json().has("next")
                        ? null
                        : answer.json().get("next").asText().replaceFirst("^http://[^/]*", "");
            }
            assertThat(people).hasSize(450).doesNotHaveDuplicates().allMatch(one -> one.endsWith("TOLD"));
        }
        JsonNode share =
                rest.get("/api/admin/explain/?ticket=66&user=10007", ADMIN).json();
        assertThat(share.get("events")).hasSize(2);
        assertThat(share.at("/events/0/event/ticket_title").asText()).hasSize(4096);
        assertThat(people(share.at("/events/1"))).containsExactly("10007 [\"ADMINS\"] TOLD");
        assertThat(rest.get("/api/admin/explain/?ticket=66&user=9", ADMIN)
                        .json()
                        .at("/events/1/people/0/outcome")
                        .asText())
                .isEqualTo("NOT_MEANT");
    }

    @Test
    void an_event_is_simulated_by_the_running_tables_and_directory_and_nothing_comes_of_it() throws Exception {
        String counts = "SELECT (SELECT count(*) FROM ticket_event) + (SELECT count(*) FROM notification_log)"
                + " + (SELECT count(*) FROM audit)"; // what producers are told leaves its table meanwhile
        long before = number(counts);

        Rest.Answer answer = rest.post("/api/admin/simulate/", simulated("ticket_assigned", "3,99,4"), ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode told = answer.json();
        assertThat(told.at("/event/type").asText()).isEqualTo("ticket_assigned");
        assertThat(people(told))
                .containsExactlyInAnyOrder(
                        "3 [\"ASSIGNEES\"] INACTIVE", "4 [\"ASSIGNEES\"] TOLD", "99 [\"ASSIGNEES\"] UNKNOWN");
        assertThat(told.at("/counts/outcomes")).hasToString("{\"INACTIVE\":1,\"TOLD\":1,\"UNKNOWN\":1}");
        JsonNode one = rest.post("/api/admin/simulate?person=1&person=2", simulated("work_finished", ""), ADMIN)
                .json();
        assertThat(one.at("/people/0/notifications/0/message/html").asText()).startsWith("<!DOCTYPE html>");
        assertThat(one.at("/people/1/notifications/0").toString())
                .isEqualTo("{\"channel\":\"EMAIL\",\"status\":\"SKIPPED\",\"reason\":\"NO_ADDRESS\"}");
        JsonNode none = rest.post("/api/admin/simulate/?limit=0", simulated("work_finished", ""), ADMIN)
                .json();
        assertThat(none.get("people")).isEmpty();
        assertThat(none.get("more").asInt()).isEqualTo(2);
        assertThat(number(counts)).isEqualTo(before);
    }

    @Test
    void a_simulation_of_what_would_be_a_dead_letter_or_is_no_event_says_so() throws Exception {
        String path = "/api/admin/simulate/";
        assertThat(rest.post(path, simulated("foo", ""), ADMIN).json())
                .hasToString("{\"dead_letter\":{\"code\":\"UNKNOWN_TYPE\",\"pointer\":\"/type\","
                        + "\"detail\":\"the policy table has no rule for this type\"}}");
        assertThat(rest.post(path, "{\"event\":{\"id\":\"1\",\"id\":\"2\"}}", ADMIN)
                        .json()
                        .at("/dead_letter/code")
                        .asText())
                .isEqualTo("MALFORMED");
        for (String body :
                List.of("", "{", "[]", "{}", "{\"event\":7}", "{\"event\":{}} x", "{\"event\":{},\"event\":{}}")) {
            assertThat(rest.post(path, body, ADMIN).status()).as(body).isEqualTo(400);
        }
        for (String query : List.of("?limit=101", "?limit=x", "?person=me", "?person=")) {
            assertThat(rest.post(path + query, simulated("ticket_created", ""), ADMIN)
                            .status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(rest.post(path, " ".repeat(70_000), ADMIN).status()).isEqualTo(413);
        assertThat(rest.post(path, simulated("ticket_created", ""), 4).status()).isEqualTo(403);
        assertThat(rest.get(path, ADMIN).status()).isEqualTo(405);
    }

    private static String simulated(String type, String assignees) {
        return """
                {"event":{"specversion":"1.0","id":"simulated","source":"urn:test","type":"%s","data":{"ticket":{"id":63,
                 "title":"<b>Down</b>","priority":"HIGH","category":"BUG","status":"NEW","created_by":2,
                 "project_name":"Main","created_at":"2026-01-01T10:00:00Z"},"assignees":[%s]}}}
                """
                .formatted(type, assignees);
    }

    @Test
    void only_admins_may_ask() throws Exception {
        assertThat(rest.get(ONE + "finished", 4)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
        });
        assertThat(rest.get(ONE + "nothing", ADMIN).status()).isEqualTo(404);
        assertThat(rest.get("/api/admin/explain/?ticket=777&user=1", ADMIN).status())
                .isEqualTo(404);
        assertThat(rest.get("/api/admin/explain/?ticket=x", ADMIN).status()).isEqualTo(400);
        assertThat(rest.post("/api/admin/explain/", ADMIN).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/deliveries/?since=%2B10000-01-01T00:00:00Z",
                "/api/admin/deliveries/?since=-999999999-01-01T00:00:00Z",
                "/api/admin/deliveries/?until=%2B999999999-12-31T23:59:59Z",
                "/api/admin/deliveries/?until=9999-12-31T23:59:59-05:00",
                "/api/admin/deliveries/?older_than=9999999d",
                "/api/admin/deliveries/?older_than=99999999999999999d",
                "/api/admin/deliveries/?channel=%00",
                "/api/admin/deliveries/?reason=META%00",
                "/api/admin/dead-letters/?since=%2B999999999-12-31T23:59:59Z",
                "/api/admin/dead-letters/?since=0000-12-31T23:59:59Z",
                "/api/admin/dead-letters/?topic=%00",
                "/api/admin/explain/?source=%00&id=1"
            })
    void what_the_database_would_refuse_is_refused_before(String query) throws Exception {
        assertThat(rest.get(query, ADMIN).status()).isEqualTo(400);
    }

    @Test
    void dead_letters_since_times_before_kafka_are_all_of_them() throws Exception {
        assertThat(rest.get("/api/admin/dead-letters/?since=0001-01-01T00:00:00Z", ADMIN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_failed_delivery_is_listed_tried_again_on_request_and_not_twice() throws Exception {
        hub.whatsapp().script(Map.of("to", "15550000002", "code", 131026));
        event(64, "again", "work_started", "");
        hub.flush();
        String failed = "/api/admin/deliveries/?channel=WHATSAPP&type=work_started";
        await().until(() -> rest.get(failed, ADMIN).json().at("/results").size() == 1);
        JsonNode one = rest.get(failed + "&reason=META%20131026", ADMIN).json().at("/results/0");
        assertThat(one.get("event_id").asText()).isEqualTo("again");
        assertThat(rest.get(failed + "&until=2020-01-01T00:00:00Z", ADMIN)
                        .json()
                        .at("/results"))
                .isEmpty();

        String retry = "/api/admin/deliveries/" + one.get("id") + "/retry/";
        assertThat(rest.post(retry, ADMIN).body()).isEqualTo("{\"count\":1,\"more\":false}");
        assertThat(rest.post(retry, ADMIN).body()).isEqualTo("{\"count\":0,\"more\":false}");
        await().untilAsserted(() -> assertThat(
                        number("SELECT count(*) FROM notification_log WHERE status = 'SENT' AND id = " + one.get("id")))
                .isEqualTo(1));
        assertThat(number("SELECT sum(count) FROM audit WHERE who = 'user:1' AND action = 'retry'"
                        + " AND filter->>'id' = '" + one.get("id") + "'"))
                .isEqualTo(1);
    }

    @Test
    void a_backlog_is_cancelled_and_producers_are_told() throws Exception {
        hub.execute(
                "INSERT INTO ticket_event VALUES (900000, 'urn:old', 'e', 'ticket_created', now(), now(), NULL, '{}',"
                        + " 65, 't', 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm')");
        hub.execute("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at)"
                + " SELECT 900001, 900000, 77, 'EMAIL', 'PENDING', true, now() - interval '2 days'");
        hub.execute("INSERT INTO delivery (notification_id, channel, due_at, attempt, created_at)"
                + " VALUES (900001, 'EMAIL', now() + interval '1 hour', 3, now())");

        String cancel = "/api/admin/deliveries/cancel/";
        assertThat(rest.post(cancel, ADMIN).status()).isEqualTo(400);
        assertThat(rest.post(cancel + "?older_than=x", ADMIN).status()).isEqualTo(400);
        assertThat(rest.post(cancel + "?channel=EMAIL", 4).status()).isEqualTo(403);
        assertThat(rest.post(cancel + "?channel=EMAIL&older_than=1d", ADMIN).body())
                .isEqualTo("{\"count\":1,\"more\":false}");
        assertThat(rest.post(cancel + "?channel=EMAIL&older_than=1d", ADMIN).body())
                .isEqualTo("{\"count\":0,\"more\":false}");
        assertThat(number("SELECT count(*) FROM notification_log WHERE id = 900001 AND reason = 'CANCELLED'"))
                .isEqualTo(1);
        assertThat(rest.post("/api/admin/deliveries/retry/?reason=CANCELLED", ADMIN)
                        .body())
                .isEqualTo("{\"count\":1,\"more\":false}");
    }

    @Tag("long")
    @Test
    @SuppressWarnings("try") // closing is the use
    void without_a_database_it_is_soon_503_in_json() throws Exception {
        try (DatabaseAway away = new DatabaseAway(hub)) {
            assertFails(503, "unavailable");
        }
        await().until(() -> rest.get(ONE + "finished", ADMIN).status() == 200);
    }

    /** The caller's token is found good, so the failure is the order's own. */
    @Test
    void an_order_that_fails_in_its_transaction_is_500_in_json() throws Exception {
        hub.execute("ALTER TABLE notification_log RENAME COLUMN reason TO other");
        try {
            assertFails(500, "server_error");
        } finally {
            hub.execute("ALTER TABLE notification_log RENAME COLUMN other TO reason");
        }
    }

    private void assertFails(int status, String code) throws Exception {
        for (String call : List.of(
                "GET " + ONE + "finished",
                "GET /api/admin/deliveries/",
                "POST /api/admin/deliveries/1/retry/",
                "POST /api/admin/deliveries/retry/?reason=CANCELLED",
                "POST /api/admin/deliveries/cancel/?channel=EMAIL")) {
            String path = call.substring(call.indexOf(' ') + 1);
            long begun = System.nanoTime();
            Rest.Answer answer = call.startsWith("GET") ? rest.get(path, ADMIN) : rest.post(path, ADMIN);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(call).isLessThan(Duration.ofSeconds(10));
            assertThat(answer.status()).as(call).isEqualTo(status);
            assertThat(answer.json().path("code").asText()).as(call).isEqualTo(code);
        }
    }

    private static List<String> people(JsonNode explanation) {
        List<String> people = new ArrayList<>();
        explanation
                .get("people")
                .forEach(one -> people.add(one.get("user") + " " + one.get("because") + " "
                        + one.get("outcome").asText()));
        return people;
    }

    private static List<String> notifications(JsonNode person) {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : person.get("notifications")) {
            List<String> attempts = new ArrayList<>();
            one.get("attempts")
                    .forEach(attempt -> attempts.add(attempt.get("outcome").asText() + " "
                            + attempt.get("reason").asText()));
            lines.add(one.get("channel").asText() + " " + one.get("status").asText() + " "
                    + one.get("reason").asText() + " " + attempts);
        }
        return lines;
    }

    private long number(String sql) {
        return hub.jdbc().sql(sql).query(Long.class).single();
    }

    private void user(int id, String role, String more) {
        hub.post(
                "users",
                String.valueOf(id),
                "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"%s\"%s}".formatted(id, id, role, more));
    }

    private void event(int ticket, String id, String type, String assignees) {
        hub.post(
                "ticket-events",
                String.valueOf(ticket),
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"%s","subject":"%d",
                 "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":%d,"title":"Homepage","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":2,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"},"assignees":[%s]}}"""
                        .formatted(id, type, ticket, ticket, assignees));
    }
}
