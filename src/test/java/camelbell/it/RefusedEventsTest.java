package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the database refuses for its content is put aside by itself, and holds up nothing around it. */
@Tag("long")
class RefusedEventsTest {

    @Test
    void an_event_that_the_database_refuses_is_put_aside_and_the_500_around_it_are_recorded_once() {
        try (Hub hub = new Hub("camelbell.kafka.partitions=2")) {
            People.admins(hub, 2);
            People.event(hub, "before");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 1);
            hub.execute("ALTER TABLE ticket_event ADD CONSTRAINT odd CHECK (event_id NOT IN ('e123', 'e499'))");
            for (int i = 0; i < 500; i++) {
                People.post(hub, "e" + i, 63 + i % 7);
            }
            hub.flush();
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 499);
            try (StatusTopic status = new StatusTopic(hub)) {
                await().until(() -> keys(status, "rejected").size() == 2);
                assertThat(keys(status, "rejected")).containsExactlyInAnyOrder("e123", "e499");
                await().until(() -> keys(status, "accepted").size() == 499);
                assertThat(keys(status, "duplicate")).isEmpty();
            }
            assertThat(hub.endOf("dead-letters")).isEqualTo(2);
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(499 * 6);
            People.event(hub, "after");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 500);
        }
    }

    @Test
    void an_event_whose_notifications_the_database_refuses_is_put_aside_as_well() {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            hub.execute("ALTER TABLE inbox ADD CONSTRAINT full_inbox CHECK (unread < 3)");
            for (int i = 0; i < 4; i++) {
                People.event(hub, "e" + i);
            }
            await().until(() -> hub.endOf("dead-letters") == 2);
            assertThat(hub.query("SELECT count(*) FROM ticket_event")).isEqualTo(2);
        }
    }

    private static List<String> keys(StatusTopic status, String change) {
        return status.all().stream()
                .filter(entry -> entry.change().equals(change))
                .map(StatusTopic.Entry::key)
                .toList();
    }
}
