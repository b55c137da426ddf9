package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is old enough is forgotten, by however many nodes; what is not, and what makes a duplicate, stays. */
@Tag("long")
class RetentionTest {

    private static final int PEOPLE = 40;

    @Test
    void what_has_been_kept_long_enough_is_forgotten_in_batches_and_the_event_stays_a_duplicate() {
        try (Hub hub = new Hub(
                "camelbell.retention.every-ms=300",
                "camelbell.retention.batch=7",
                "camelbell.retention.notifications=30d")) {
            People.admins(hub, PEOPLE);
            People.event(hub, "old");
            People.event(hub, "new");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 4 * PEOPLE
                    && hub.query("SELECT count(*) FROM delivery") == 0);
            hub.change("INSERT INTO attempt SELECT id, now() - interval '91 days', 1, 'UNAVAILABLE', 'x' FROM"
                    + " notification_log WHERE channel = 'EMAIL'");
            hub.change("INSERT INTO attempt SELECT id, now() - interval '89 days', 2, 'UNAVAILABLE', 'x' FROM"
                    + " notification_log WHERE channel = 'EMAIL'");
            hub.change("UPDATE provider_message SET noted_at = now() - interval '91 days' WHERE notification IN"
                    + " (SELECT id FROM notification_log WHERE recipient > 10)");
            hub.change(
                    "INSERT INTO parked_receipt VALUES ('wamid.old', 'read', NULL, NULL, now() - interval '8 days', 'WHATSAPP'),"
                            + " ('wamid.young', 'read', NULL, NULL, now() - interval '6 days', 'WHATSAPP')");
            hub.change(
                    "INSERT INTO dead_letter_replay SELECT 'ticket-events-dlt', 0, n, now() - interval '91 days', now()"
                            + " FROM generate_series(1, 20) n");
            hub.change("INSERT INTO dead_letter_replay SELECT 'ticket-events-dlt', 0, n, now() - interval '89 days',"
                    + " now() - interval '89 days' FROM generate_series(21, 23) n");
            hub.change("INSERT INTO delivery SELECT id, 'EMAIL', now() + interval '1 day', 1, NULL, now() FROM"
                    + " notification_log WHERE channel = 'EMAIL' AND recipient = 1");
            hub.change("UPDATE notification_log SET created_at = now() - interval '31 days'"
                    + " WHERE event = (SELECT id FROM ticket_event WHERE event_id = 'old')");

            await().untilAsserted(() -> assertThat(List.of(
                            hub.query("SELECT count(*) FROM attempt"),
                            hub.query("SELECT count(*) FROM provider_message"),
                            hub.query("SELECT count(*) FROM parked_receipt"),
                            hub.query("SELECT count(*) FROM dead_letter_replay"),
                            hub.query("SELECT count(*) FROM notification_log")))
                    .as("attempts, messages, parked receipts, replays, notifications")
                    .isEqualTo(List.of(PEOPLE + 1L, 20L, 1L, 3L, 3L * PEOPLE + 1)));
            assertThat(hub.query("SELECT sum(unread) FROM inbox")).isEqualTo(3L * PEOPLE + 1);
            assertThat(
                            hub.query(
                                    "SELECT count(*) FROM inbox i WHERE unread <> (SELECT count(*) FROM notification_log l"
                                            + " WHERE l.recipient = i.recipient AND l.channel = i.channel AND listed AND read_at IS NULL)"))
                    .isZero();

            People.event(hub, "old");
            People.event(hub, "newest");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 3);
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(6L * PEOPLE + 1);
        }
    }

    @Test
    void by_default_notifications_are_kept_for_ever() {
        try (Hub hub = new Hub("camelbell.retention.every-ms=300")) {
            People.admins(hub, 1);
            People.event(hub, "old");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 2);
            hub.change("UPDATE notification_log SET created_at = now() - interval '3000 days'");
            hub.change(
                    "INSERT INTO parked_receipt VALUES ('wamid.old', 'read', NULL, NULL, now() - interval '8 days', 'WHATSAPP')");

            await().until(() -> hub.query("SELECT count(*) FROM parked_receipt") == 0);
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(3);
        }
    }
}
