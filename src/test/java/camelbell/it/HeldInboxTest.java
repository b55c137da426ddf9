package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One inbox that a frozen session holds keeps nobody else's events. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeldInboxTest {

    private final Hub hub = new Hub("camelbell.delivery.lock-wait=300ms");

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void whoever_is_told_with_somebody_whose_inbox_is_held_hears_of_it_at_once_and_that_one_when_it_is_free()
            throws Exception {
        People.admins(hub, 3);
        People.event(hub, "before");
        await().until(() -> told("before", 2) == 3 && told("before", 3) == 3);
        try (Connection frozen = hub.connection()) {
            frozen.setAutoCommit(false);
            try (Statement lock = frozen.createStatement()) {
                lock.execute("SELECT 1 FROM inbox WHERE recipient = 2 AND channel = 'EMAIL' FOR UPDATE");
            }
            for (int i = 0; i < 20; i++) {
                People.post(hub, "during" + i, 63 + i % 3);
            }
            hub.flush();
            await().until(() -> told("during%", 1) == 60 && told("during%", 3) == 60);
            assertThat(told("during%", 2)).isZero();
            assertThat(hub.endOf("dead-letters")).isZero();
            assertThat(new Rest(hub)
                            .get("/api/admin/explain/?ticket=63&user=2", 1)
                            .json()
                            .at("/events/0/people/0/outcome")
                            .asText())
                    .isEqualTo("TO_BE_WRITTEN");
            frozen.rollback();
        }
        await().until(() -> told("during%", 2) == 60);
        People.event(hub, "after");
        await().until(() -> told("after", 2) == 3);
        assertThat(hub.query("SELECT count(*) FROM event_slice")).isZero();
        assertThat(hub.query("SELECT count(*) FROM inbox WHERE channel = 'SYSTEM' AND unread = 22 AND last_seq = 22"))
                .isEqualTo(3);
        assertThat(
                        hub.query(
                                """
                        SELECT count(*) FROM (
                            SELECT event, lag(event) OVER (PARTITION BY recipient, ticket_id ORDER BY seq) AS earlier
                            FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE seq IS NOT NULL) AS t
                        WHERE earlier > event
                        """))
                .as("events of one ticket out of order")
                .isZero();
    }

    /** Rows of that person for events whose id is like that. */
    private long told(String events, long person) {
        return hub.query(
                "SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE recipient = "
                        + person + " AND e.event_id LIKE '" + events + "'");
    }
}
