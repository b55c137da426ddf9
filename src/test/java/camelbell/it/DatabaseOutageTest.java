package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole hub whose database goes away while events come in, good ones and others. */
@Tag("long")
class DatabaseOutageTest {

    private static final int TRIES = 4;

    @Test
    @SuppressWarnings("try") // closing is the use
    void poison_is_put_aside_once_however_often_its_batch_comes_again() throws Exception {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            People.event(hub, "before");
            awaitPublished(hub, 2);
            try (DatabaseAway away = new DatabaseAway(hub)) {
                hub.post("ticket-events", "63", "rubbish");
                People.event(hub, "meanwhile");
                await().until(() -> hub.metric("camelbell.loop.failures", "route", "ticket-events") >= TRIES);
                assertThat(hub.endOf("dead-letters")).isEqualTo(1);
            }
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 2);
            try (StatusTopic status = new StatusTopic(hub)) {
                await().untilAsserted(() ->
                        assertThat(changes(status)).containsExactlyInAnyOrder("accepted", "accepted", "rejected"));
            }
            assertThat(hub.endOf("dead-letters")).isEqualTo(1);
        }
    }

    /** Messages that are sent, and everything told of them: nothing is under way that a cut could repeat. */
    private static void awaitPublished(Hub hub, long messages) {
        await().until(() ->
                hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT' AND channel <> 'SYSTEM'")
                                == messages
                        && hub.query("SELECT count(*) FROM status_outbox") == 0);
    }

    private static List<String> changes(StatusTopic status) {
        return status.all().stream()
                .filter(entry -> !entry.isOfNotification())
                .map(StatusTopic.Entry::change)
                .toList();
    }
}
