package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pinned for CAMEL-23994 and CAMEL-23997: a batch that fails is neither committed nor skipped, on any partition. */
@Tag("long")
class FailedBatchTest {

    @Test
    void a_batch_that_cannot_be_recorded_comes_again_until_it_can_and_nothing_is_dead_lettered() {
        Histories histories = Histories.generated(7, 30, 60);
        try (Hub hub = new Hub("camelbell.kafka.batch-size=20")) {
            for (JsonNode user : histories.users()) {
                hub.post("users", user.get("id").asText(), user.toString());
            }
            hub.flush();
            await().until(() -> count(hub, "person") == histories.users().size());

            hub.execute("ALTER TABLE inbox RENAME TO inbox_away");
            for (JsonNode event : histories.events()) {
                hub.post("ticket-events", event.get("subject").asText(), event.toString());
            }
            hub.flush();
            await().until(() -> failures(hub) >= 3);
            assertThat(count(hub, "notification_log")).isZero();

            hub.execute("ALTER TABLE inbox_away RENAME TO inbox");
            await().until(() -> count(hub, "ticket_event") == histories.events().size());
            long expected = histories.expected().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(count(hub, "notification_log")).isEqualTo(expected);
            assertThat(hub.endOf("dead-letters")).isZero();
        }
    }

    @Test
    void what_can_never_be_recorded_is_put_aside_and_its_producer_told_once_however_often_the_batch_comes_again() {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            hub.execute("ALTER TABLE inbox RENAME TO inbox_away");
            hub.post("ticket-events", "63", "rubbish");
            for (int i = 0; i < 200; i++) {
                People.event(hub, "e" + i);
            }
            await().until(() -> failures(hub) >= 6);
            assertThat(hub.endOf("dead-letters")).isEqualTo(1);

            hub.execute("ALTER TABLE inbox_away RENAME TO inbox");
            await().until(() -> count(hub, "ticket_event") == 200);
            try (StatusTopic status = new StatusTopic(hub)) {
                await().until(() -> changes(status, "accepted") == 200 && changes(status, "rejected") >= 1);
                assertThat(changes(status, "rejected")).isEqualTo(1);
                assertThat(changes(status, "duplicate")).isZero();
            }
            assertThat(hub.endOf("dead-letters")).isEqualTo(1);
        }
    }

    private static long changes(StatusTopic status, String change) {
        return status.all().stream()
                .filter(entry -> entry.change().equals(change))
                .count();
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
