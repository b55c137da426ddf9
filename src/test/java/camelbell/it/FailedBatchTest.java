package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pinned for CAMEL-23994 and CAMEL-23997: a batch that fails is neither committed nor skipped, on any partition. */
class FailedBatchTest {

    @Test
    void a_batch_that_cannot_be_recorded_comes_again_until_it_can_and_nothing_is_dead_lettered() {
        Histories histories = Histories.generated(7, 30, 60);
        try (Hub hub = new Hub("camelbell.kafka.batch-size=20")) {
            for (JsonNode user : histories.users()) {
                hub.post("users", user.get("id").asText(), user.toString());
            }
            hub.flush();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> count(hub, "person") == histories.users().size());

            hub.execute("ALTER TABLE inbox RENAME TO inbox_away");
            for (JsonNode event : histories.events()) {
                hub.post("ticket-events", event.get("subject").asText(), event.toString());
            }
            hub.flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> failures(hub) >= 3);
            assertThat(count(hub, "ticket_event")).isZero();

            hub.execute("ALTER TABLE inbox_away RENAME TO inbox");
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            count(hub, "ticket_event") == histories.events().size());
            long expected = histories.expected().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(count(hub, "notification_log")).isEqualTo(expected);
            assertThat(hub.endOf("dead-letters")).isZero();
        }
    }

    /** Sequence numbers are taken outside transactions' fate, so they tell how often a batch was tried. */
    private static long failures(Hub hub) {
        return hub.jdbc()
                .sql("SELECT last_value / 100 FROM ticket_event_id")
                .query(Long.class)
                .single();
    }

    private static long count(Hub hub, String table) {
        return hub.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
