package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Events case by case as the Django system told of them: who heard, over what, in which words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedEventsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Long> USERS = Map.of(
            "admin", 1L, "client", 2L, "dev", 3L, "second_admin", 4L, "quiet", 5L, "admin, second connection", 1L);
    private static final String TICKET =
            """
            {"id":5,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW","created_by":2,
             "project_name":"Main Website","created_at":"2025-12-24T10:30:00Z"}""";

    private final Hub hub = new Hub();
    private final Map<String, Caller> callers = new HashMap<>();

    @AfterAll
    void stop() {
        callers.values().forEach(Caller::close);
        hub.close();
    }

    @TestFactory
    Stream<DynamicTest> every_recorded_event_tells_the_same_people_in_the_same_words() throws Exception {
        Assumptions.assumeTrue(Recording.isThere(), "no recording beside the project");
        for (JsonNode user : JSON.readTree(Recording.fixture().toFile()).get("users")) {
            hub.post("users", user.get("id").asText(), directoryRecord(user));
        }
        hub.flush();
        await().until(() ->
                hub.jdbc().sql("SELECT count(*) FROM person").query(Long.class).single() == 6);
        USERS.forEach((name, id) -> callers.put(name, new Caller(hub.port(), id)));
        await().until(() -> callers.values().stream()
                .noneMatch(caller -> caller.frames("connection_established").isEmpty()));
        return Recording.cases("event").entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> replay(one.getKey(), one.getValue())));
    }

    private static String directoryRecord(JsonNode user) {
        ObjectNode record = JSON.createObjectNode();
        record.set("id", user.get("id"));
        record.set("username", user.get("username"));
        record.put(
                "name",
                (user.get("first_name").asText() + " " + user.get("last_name").asText()).strip());
        record.set("role", user.get("role"));
        record.set("email", user.get("email"));
        record.set("whatsapp_number", user.get("whatsapp_number"));
        record.set("active", user.get("is_active"));
        return record.toString();
    }

    private void replay(String name, JsonNode recorded) {
        String type = name.replace("event: ", "");
        callers.values().forEach(caller -> caller.frames().clear());
        hub.post(
                "ticket-events",
                "5",
                "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"urn:test\",\"type\":\"%s\",\"data\":{\"ticket\":%s,\"assignees\":[3]}}"
                        .formatted(type, type, TICKET));
        hub.flush();

        recorded.get("log").properties().forEach(log -> await().untilAsserted(
                        () -> assertThat(listed(log.getKey(), type)).isEqualTo(words(log.getValue()))));
        recorded.get("socket").properties().forEach(heard -> {
            Caller caller = caller(heard.getKey());
            await().until(() -> caller.frames("").size() == heard.getValue().asInt());
            ObjectNode frame = (ObjectNode) caller.frames("").get(0);
            frame.remove(List.of("id", "event_id", "seq", "unread_count", "unread_by_type"));
            assertThat(alike(frame)).isEqualTo(alike(recorded.get("socket_message")));
        });
        callers.forEach((who, caller) -> assertThat(caller.frames(""))
                .as(who)
                .hasSize(recorded.get("socket").path(who).asInt()));
    }

    /** Key by key in their order, the time apart. */
    private static String alike(JsonNode frame) {
        ((ObjectNode) frame).put("timestamp", "now");
        return frame.toString();
    }

    /** The rows of one person for the event, as the recording writes them; without those that it does not have. */
    private List<String> listed(String who, String type) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : caller(who).get("/api/notifications/").body().get("results")) {
            if (row.get("event_type").asText().equals(type)) {
                rows.add(row.get("notification_type").asText() + " "
                        + row.get("status").asText());
            }
        }
        rows.sort(null);
        return rows;
    }

    private static Collection<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        words.sort(null);
        return words;
    }

    private Caller caller(String who) {
        return Objects.requireNonNull(callers.get(who), who);
    }
}
