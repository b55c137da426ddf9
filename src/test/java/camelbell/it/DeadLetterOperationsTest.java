package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Dead letters as operators see them, and what comes of those that are posted again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterOperationsTest {

    private static final String PATH = "/api/admin/dead-letters/";
    private static final int ADMIN = 1;
    private static final int CLIENT = 2;

    private final Hub hub = new Hub();
    private final Rest rest = new Rest(hub);

    @BeforeAll
    void people_and_dead_letters() {
        person(ADMIN, "ADMIN");
        person(CLIENT, "CLIENT");
        hub.flush();
        hub.post("ticket-events", "5", "no JSON");
        hub.flush();
        await().until(() -> hub.endOf("dead-letters") == 1);
        await().until(() -> rest.get(PATH, ADMIN).status() == 200);
        await().until(() -> rest.get(PATH, CLIENT).status() == 403);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private void person(int id, String role) {
        hub.post("users", "" + id, "{\"id\":%d,\"username\":\"u\",\"name\":\"\",\"role\":\"%s\"}".formatted(id, role));
    }

    @Test
    void a_dead_letter_is_listed_with_its_reason_and_shown_with_its_value() throws Exception {
        JsonNode listed = rest.get(PATH + "?code=MALFORMED", ADMIN).json().at("/results/0");

        assertThat(listed.get("key").asText()).isEqualTo("5");
        assertThat(listed.get("detail").asText()).isNotEmpty();
        assertThat(listed.get("value").isNull()).isTrue();
        JsonNode shown = rest.get(PATH + listed.get("id").asText() + "/", ADMIN).json();
        assertThat(shown.get("value").asText()).isEqualTo("no JSON");
        assertThat(shown.get("size").asInt()).isEqualTo(7);
        assertThat(rest.get(PATH + "?until=2020-01-01T00:00:00Z", ADMIN).json().get("results"))
                .isEmpty();
    }

    @Test
    void a_letter_of_a_user_record_keeps_what_is_secret_in_a_persons_url() throws Exception {
        hub.post(
                "users-dead-letters",
                "3",
                """
                {"id":3,"role":"NOBODY","slack_url":"https://hooks.slack.com/services/T0/B0/oneSecret",
                 "webhook_url":"HTTPS:\\/\\/me:anotherSecret@example.org:8443?key=thirdSecret","name":"Ann"}""",
                Map.of("camelbell-error-code", "OF_A_PERSON"));
        hub.flush();
        JsonNode listed = rest.get(PATH + "?code=OF_A_PERSON", ADMIN).json().at("/results/0");

        String shown = rest.get(PATH + listed.get("id").asText() + "/", ADMIN)
                .json()
                .get("value")
                .asText();

        assertThat(shown)
                .contains(
                        "\"slack_url\":\"https://hooks.slack.com/<hidden>\"",
                        "\"webhook_url\":\"HTTPS://example.org/<hidden>\"",
                        "\"name\":\"Ann\"")
                .doesNotContain("oneSecret", "anotherSecret", "thirdSecret");
    }

    @Test
    void only_admins_see_or_replay_them_and_only_what_lies_there() throws Exception {
        String topic = hub.property("camelbell.kafka.topics.dead-letters");
        assertThat(rest.get(PATH, CLIENT).status()).isEqualTo(403);
        assertThat(rest.post(PATH + "replay/?code=MALFORMED", CLIENT).status()).isEqualTo(403);
        assertThat(rest.post(PATH + topic + "-0-0/replay/", CLIENT).status()).isEqualTo(403);
        for (String id : List.of("x", topic + "-0-999", topic + "-99-0", topic + "--1-0", "ticket-events-0-0")) {
            assertThat(rest.get(PATH + id + "/", ADMIN).status()).as(id).isEqualTo(404);
            assertThat(rest.post(PATH + id + "/replay/", ADMIN).status()).as(id).isEqualTo(404);
        }
        assertThat(rest.post(PATH + "replay/", ADMIN).status()).isEqualTo(400);
        assertThat(rest.get(PATH + "?since=yesterday", ADMIN).status()).isEqualTo(400);
    }

    @Test
    void what_the_hub_can_process_by_now_is_posted_again_once_and_notifies_once() throws Exception {
        String good =
                """
                {"specversion":"1.0","id":"late","source":"urn:test","type":"work_started",
                 "data":{"ticket":{"id":7,"title":"t","priority":"LOW","category":"BUG","status":"NEW",
                   "created_by":2,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"}}}""";
        hub.post(
                "dead-letters",
                "7",
                good,
                Map.of(
                        "camelbell-error-code", "UNKNOWN_TYPE",
                        "camelbell-original-topic", "someone-elses-topic",
                        "content-type", "application/cloudevents+json"));
        hub.flush();
        String replay = PATH + "replay/?code=UNKNOWN_TYPE";

        assertThat(rest.post(replay, ADMIN).body()).isEqualTo("{\"count\":1,\"more\":false}");
        await().until(() -> notified("late") == 3);
        assertThat(rest.post(replay, ADMIN).body()).isEqualTo("{\"count\":0,\"more\":false}");
        JsonNode deadLetter =
                rest.get(PATH + "?code=UNKNOWN_TYPE", ADMIN).json().at("/results/0");
        assertThat(deadLetter.get("replayed_at").asText()).isNotEmpty();
        assertThat(headersOfTheLast("ticket-events")).containsExactly("content-type");

        assertThat(rest.post(PATH + deadLetter.get("id").asText() + "/replay/", ADMIN)
                        .body())
                .isEqualTo("{\"count\":1,\"more\":false}");
        await().until(() -> all("status").stream()
                .anyMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("duplicate")));
        assertThat(notified("late")).isEqualTo(3);
        assertThat(hub.jdbc()
                        .sql("SELECT string_agg(count::text, ',' ORDER BY id) FROM audit"
                                + " WHERE action = 'replay' AND who = 'user:1'")
                        .query(String.class)
                        .single())
                .isEqualTo("1,0,1");
    }

    @Test
    void what_still_cannot_be_processed_is_a_new_dead_letter_and_the_old_one_stays_replayed() throws Exception {
        hub.post("users", "9", "{\"id\":9}");
        hub.flush();
        String refused = "?code=INVALID_USER&topic=" + hub.property("camelbell.kafka.topics.users-dead-letters");
        await().until(() -> listed(refused) == 1);

        for (int before = 1; before <= 2; before++) {
            int deadLetters = before + 1;
            assertThat(rest.post(PATH + "replay/" + refused, ADMIN)
                            .json()
                            .get("count")
                            .asInt())
                    .isEqualTo(1);
            await().until(() -> listed(refused) == deadLetters);
        }
    }

    private int listed(String filter) throws Exception {
        return rest.get(PATH + filter, ADMIN).json().get("results").size();
    }

    private long notified(String event) {
        return hub.jdbc()
                .sql(
                        "SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE e.event_id = ?")
                .param(event)
                .query(Long.class)
                .single();
    }

    private List<String> headersOfTheLast(String topic) {
        List<String> names = new ArrayList<>();
        for (Header header : last(topic).headers()) {
            names.add(header.key());
        }
        return names;
    }

    /** By the time of posting. */
    private ConsumerRecord<byte[], byte[]> last(String topic) {
        return Collections.max(all(topic), Comparator.comparing(ConsumerRecord::timestamp));
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        try (RecordTopic all = new RecordTopic(hub, topic)) {
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            await().until(() -> {
                found.clear();
                found.addAll(all.all());
                return found.size() == hub.endOf(topic);
            });
            return found;
        }
    }
}
