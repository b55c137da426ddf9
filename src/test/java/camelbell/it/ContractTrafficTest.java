package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real traffic of a whole hub against the contracts, and the examples of the contracts against a whole hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTrafficTest {

    private static final String LIST = "/api/notifications/";
    private static final long ADMIN = 101;
    private static final JsonMapper JSON = new JsonMapper();

    private final Contracts contracts = new Contracts();
    private final Hub hub = new Hub();

    @BeforeAll
    void the_directory() {
        example("user").forEach(user -> hub.post("users", user.get("id").asText(), user.toString()));
        hub.flush();
        await().untilAsserted(() -> assertThat(hub.jdbc()
                        .sql("SELECT count(*) FROM person")
                        .query(Long.class)
                        .single())
                .isEqualTo(example("user").size()));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void everything_that_the_hub_says_is_described_and_the_examples_are_understood() {
        try (Caller caller = new Caller(hub.port(), ADMIN);
                StatusTopic status = new StatusTopic(hub)) {
            await().until(() -> !caller.frames("connection_established").isEmpty());
            postExamples();
            await().until(() -> changes(status, "accepted").size() == events()
                    && caller.frames("").size() == events()
                    && changes(status, "sent").size() >= events());
            converse(caller);
            browse(caller);
            await().until(() -> !caller.frames("unread_count").isEmpty());

            caller.frames().forEach(contracts::checkFrame);
            status.all().forEach(entry -> contracts.check("notification-status", entry.json()));
        }
        Set<String> unseen = new TreeSet<>(contracts.schemas.keySet());
        unseen.removeAll(contracts.used);
        assertThat(Set.of("dead-letter-headers", "notification", "ticket-event", "ticket-event-data", "user"))
                .containsAll(unseen);
    }

    /** Ticket events in both modes; each once more, for the duplicate. */
    private void postExamples() {
        for (int i = 0; i < 2; i++) {
            example("ticket-event")
                    .forEach(event -> hub.post(
                            "ticket-events", event.at("/data/ticket/id").asText(), event.toString()));
            example("ticket-event-data")
                    .forEach(data -> hub.post(
                            "ticket-events",
                            data.at("/ticket/id").asText(),
                            data.toString(),
                            Map.of(
                                    "ce_specversion", "1.0",
                                    "ce_id", "binary",
                                    "ce_source", "urn:test",
                                    "ce_type", "ticket_created",
                                    "content-type", "application/json")));
        }
        hub.flush();
    }

    private int events() {
        return example("ticket-event").size() + example("ticket-event-data").size();
    }

    private static List<StatusTopic.Entry> changes(StatusTopic topic, String change) {
        return topic.all().stream()
                .filter(entry -> entry.change().equals(change))
                .toList();
    }

    /** Says every example of a client's frames, and what the schema refuses; the hub must take one and not the other. */
    private void converse(Caller caller) {
        List<JsonNode> said = new ArrayList<>();
        for (String type : List.of("frame-ping", "frame-resume", "frame-refresh")) {
            example(type).forEach(frame -> said.add(type.equals("frame-refresh") ? refresh(caller) : frame));
        }
        said.forEach(frame -> {
            contracts.checkFrame(frame);
            caller.send(frame.toString());
        });
        await().until(() ->
                caller.frames("pong").size() == example("frame-ping").size());
        assertThat(caller.frames("error")).isEmpty();
        List<String> refused = List.of("{\"type\":\"resume\"}", "{\"type\":\"refresh\",\"token\":7}", "no JSON");
        refused.forEach(caller::send);
        caller.send("{\"type\":\"resume\",\"seq\":999999}");
        await().until(() -> caller.frames("error").size() == refused.size()
                && !caller.frames("resync").isEmpty());
    }

    private static JsonNode refresh(Caller caller) {
        return JSON.createObjectNode().put("type", "refresh").put("token", caller.token);
    }

    /** A small session over REST, each answer held against openapi.json. */
    private void browse(Caller caller) {
        for (String query :
                List.of("", "?page_size=1", "?page=last&page_size=1", "?status=SKIPPED", "?page=99", "?is_read=no")) {
            contracts.checkAnswer("get", LIST, caller.get(LIST + query));
            contracts.checkAnswer("get", LIST + "unread/", caller.get(LIST + "unread/" + query));
        }
        for (String query : List.of("?cursor=&page_size=1", "?cursor=x", "?ticket=63&notification_type=SYSTEM")) {
            contracts.checkAnswer("get", LIST, caller.get(LIST + query));
        }
        String one = LIST + "{id}/mark_as_read/";
        long id = caller.frames("").get(0).get("id").asLong();
        contracts.checkAnswer("get", LIST + "unread_count/", caller.get(LIST + "unread_count/"));
        readTheEventOf(caller, id);
        contracts.checkAnswer("post", one, caller.post(LIST + id + "/mark_as_read/"));
        contracts.checkAnswer("post", one, caller.post(LIST + id + "/mark_as_read/?event=2"));
        contracts.checkAnswer("post", one, caller.post(LIST + "999999/mark_as_read/"));
        contracts.checkAnswer("post", LIST + "mark_all_as_read/", caller.post(LIST + "mark_all_as_read/?up_to=x"));
        contracts.checkAnswer("post", LIST + "mark_all_as_read/", caller.post(LIST + "mark_all_as_read/"));
        contracts.checkAnswer("post", LIST + "ws_ticket/", caller.post(LIST + "ws_ticket/"));
        String suppressions = "/api/admin/suppressions/";
        for (String query : List.of("?user=1", "")) {
            contracts.checkAnswer("get", suppressions, caller.get(suppressions + query));
        }
        contracts.checkAnswer(
                "delete",
                suppressions + "{id}/",
                caller.call("DELETE", suppressions + "1-EMAIL-OPTED_OUT/", "Authorization", "Bearer " + caller.token));
        contracts.checkAnswer("get", LIST, caller.call("GET", LIST));
        contracts.checkAnswer("get", LIST, caller.call("GET", LIST, "Authorization", "Bearer no.such.token"));
        contracts.checkAnswer("get", LIST, caller.call("PUT", LIST, "Authorization", "Bearer " + caller.token));
        contracts.checkAnswer(
                "get", LIST, caller.call("GET", LIST, "Authorization", "Bearer " + caller.token, "Accept", "text/csv"));
    }

    /** All notifications of the event at once, in one frame that has what is left over each channel. */
    private void readTheEventOf(Caller caller, long id) {
        String counts = LIST + "unread_count/";
        JsonNode before = caller.get(counts).body();
        contracts.checkAnswer("post", LIST + "{id}/mark_as_read/", caller.post(LIST + id + "/mark_as_read/?event=1"));
        JsonNode after = caller.get(counts).body();
        assertThat(after.at("/by_type/SYSTEM").asLong())
                .isEqualTo(before.at("/by_type/SYSTEM").asLong() - 1);
        assertThat(after.at("/by_type/EMAIL").asLong())
                .isEqualTo(before.at("/by_type/EMAIL").asLong() - 1);
        await().until(() -> !caller.frames("unread_count").isEmpty());
        JsonNode frame = caller.frames("unread_count").get(0);
        assertThat(List.of(frame.get("count"), frame.get("by_type")))
                .isEqualTo(List.of(after.get("count"), after.get("by_type")));
    }

    @Test
    void what_the_schemas_refuse_the_hub_sets_aside_and_names_the_field() {
        Map<String, String> expected = new HashMap<>();
        expected.putAll(postBroken("ticket-event", "ticket-events", Set.of("/subject")));
        expected.putAll(postBroken("user", "users", LEFT_OUT));
        hub.flush();
        Map<String, String> found = new HashMap<>();

        try (RecordTopic events = new RecordTopic(hub, "dead-letters");
                RecordTopic users = new RecordTopic(hub, "users-dead-letters")) {
            await().untilAsserted(() -> {
                events.all().forEach(record -> found.put(text(record.value()), pointer(record)));
                users.all().forEach(record -> found.put(text(record.value()), pointer(record)));
                assertThat(found.keySet()).isEqualTo(expected.keySet());
            });
        }
        assertThat(found)
                .allSatisfy((value, pointer) ->
                        assertThat(pointer).as(value).startsWith(String.valueOf(expected.get(value))));
    }

    /** Optional fields of a user: one that is ill-typed is left out, and the user is taken. */
    private static final Set<String> LEFT_OUT =
            Set.of("/email", "/whatsapp_number", "/active", "/locale", "/time_zone", "/groups");

    /** Posts every mutation of the example that is not of a field which the hub leaves to others; answers value by pointer. */
    private Map<String, String> postBroken(String schema, String topic, Set<String> unread) {
        Map<String, String> posted = new HashMap<>();
        JsonNode described = contracts.schemas.getOrDefault(schema, JsonNodeFactory.instance.missingNode());
        for (Mutation broken : Mutation.of(described, contracts.schemas)) {
            if (!unread.contains(broken.pointer())) {
                hub.post(topic, "1", broken.value().toString());
                posted.put(broken.value().toString(), broken.pointer());
            }
        }
        return posted;
    }

    private String pointer(ConsumerRecord<byte[], byte[]> deadLetter) {
        ObjectNode headers = JSON.createObjectNode();
        for (Header header : deadLetter.headers()) {
            if (header.key().startsWith("camelbell-")) {
                headers.put(header.key(), text(header.value()));
            }
        }
        contracts.check("dead-letter-headers", headers);
        return headers.get("camelbell-error-pointer").asText();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private JsonNode example(String schema) {
        JsonNode described = contracts.schemas.get(schema);
        if (described == null) {
            throw new AssertionError("no schema " + schema);
        }
        return described.get("examples");
    }
}
