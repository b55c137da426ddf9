package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The providers took everything, and the database refuses to hear of it, for longer than a lease lasts. */
class UnwrittenOutcomesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = 20;

    @Test
    void what_was_sent_is_written_down_once_that_works_again_and_never_sent_twice() {
        try (Hub hub = new Hub(
                "camelbell.delivery.lease=12s",
                "camelbell.mail.connect-timeout=1s",
                "camelbell.mail.read-timeout=2s",
                "camelbell.mail.attempt-timeout=2s",
                "camelbell.whatsapp.connect-timeout=1s",
                "camelbell.whatsapp.response-timeout=1s",
                "camelbell.whatsapp.attempt-timeout=2s")) {
            People.admins(hub, 1);
            hub.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN RAISE EXCEPTION ''not now''; END'");
            hub.execute("CREATE TRIGGER refuse BEFORE UPDATE ON notification_log EXECUTE FUNCTION refuse()");
            for (int event = 0; event < EVENTS; event++) {
                People.event(hub, "e" + event);
            }
            await().atMost(SOON)
                    .until(() -> hub.mailbox().counts().messages() >= EVENTS
                            && hub.whatsapp().counts().accepted() >= EVENTS);
            await().atMost(SOON)
                    .until(() -> hub.query("SELECT count(*) FROM delivery WHERE due_at < now() - interval '1 second'")
                            == 2 * EVENTS);

            hub.execute("DROP TRIGGER refuse ON notification_log");

            await().atMost(SOON).until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
            assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'"))
                    .isEqualTo(3 * EVENTS);
            assertThat(hub.mailbox().counts().messages()).isEqualTo(EVENTS);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(EVENTS);
        }
    }
}
