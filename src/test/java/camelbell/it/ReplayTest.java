package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole histories through the whole hub: what the guide says, no more and no less, and nothing a second time. */
@Tag("long")
class ReplayTest {

    private static final int TICKETS = Integer.getInteger("replay.tickets", 40);
    private static final String ONE_KEY = "one partition, so that the marker comes behind them all";

    @ParameterizedTest
    @ValueSource(strings = {"servicenow", "jira", "generated"})
    void a_replayed_history_ends_as_exactly_its_notifications_and_a_second_replay_changes_nothing(String name) {
        boolean sample = Histories.sampleExists(name);
        Histories histories =
                sample ? Histories.sample(name, TICKETS) : Histories.generated(name.hashCode(), 60, TICKETS);
        try (Hub hub = new Hub()) {
            post(hub, histories);
            await().untilAsserted(() -> assertThat(counts(hub)).isEqualTo(histories.expected()));
            assertDelivered(hub, histories);
            assertThat(open(hub)).isZero();

            post(hub, histories);
            hub.post("users", "999999", "{\"id\":999999,\"username\":\"last\",\"name\":\"Last\",\"role\":\"CLIENT\"}");
            hub.post("ticket-events", ONE_KEY, marker());
            hub.flush();
            await().until(() -> hub.jdbc()
                            .sql("SELECT count(*) FROM ticket_event WHERE source = 'urn:marker'")
                            .query(Long.class)
                            .single()
                    == 1);
            assertThat(counts(hub)).isEqualTo(histories.expected());
            assertDelivered(hub, histories);
        }
    }

    private static void post(Hub hub, Histories histories) {
        for (JsonNode user : histories.users()) {
            hub.post("users", user.get("id").asText(), user.toString());
        }
        hub.flush();
        for (JsonNode event : histories.events()) {
            hub.post("ticket-events", ONE_KEY, event.toString());
        }
        hub.flush();
    }

    /** An event of which nobody hears. */
    private static String marker() {
        return """
                {"specversion":"1.0","id":"end","source":"urn:marker","type":"ticket_assigned","data":{"ticket":{"id":1,
                "title":"end","priority":"LOW","category":"BUG","status":"NEW","created_by":999999,
                "created_at":"2026-01-01T00:00:00Z"},"assignees":[]}}""";
    }

    private static void assertDelivered(Hub hub, Histories histories) {
        long mails = histories.expected().getOrDefault("EMAIL SENT", 0L);
        long messages = histories.expected().getOrDefault("WHATSAPP SENT", 0L);
        assertThat(hub.mailbox().counts().messages()).isEqualTo(mails);
        assertThat(hub.mailbox().counts().distinctMessageIds()).isEqualTo(mails);
        assertThat(hub.whatsapp().counts().requests()).isEqualTo(messages);
        assertThat(hub.whatsapp().counts().distinctCallbackData()).isEqualTo(messages);
    }

    private static long open(Hub hub) {
        return hub.jdbc().sql("SELECT count(*) FROM delivery").query(Long.class).single();
    }

    private static Map<String, Long> counts(Hub hub) {
        Map<String, Long> counts = new TreeMap<>();
        hub.jdbc()
                .sql("SELECT channel || ' ' || status AS what, count(*) AS n FROM notification_log GROUP BY 1")
                .query(row -> {
                    counts.put(row.getString("what"), row.getLong("n"));
                });
        return counts;
    }
}
