package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The providers took everything, and the database refuses to hear of it, for longer than a lease lasts. */
@Tag("long")
class UnwrittenOutcomesTest {

    private static final int EVENTS = 20;
    private static final int MOST = 5;
    private static final String WHATSAPPS = "SELECT count(*) FROM delivery WHERE channel = 'WHATSAPP' AND ";

    @Test
    void what_was_sent_is_written_down_once_that_works_again_and_never_sent_twice() {
        try (Hub hub = hub("camelbell.delivery.lease=12s", "camelbell.mail.concurrency=16")) {
            People.admins(hub, 1);
            refuseOutcomes(hub);
            events(hub);
            await().until(() -> hub.mailbox().counts().messages() >= EVENTS
                    && hub.whatsapp().counts().accepted() >= EVENTS);
            await().until(() -> hub.query("SELECT count(*) FROM delivery WHERE due_at < now() - interval '1 second'")
                    == 2 * EVENTS);

            hub.execute("DROP TRIGGER refuse ON notification_log");

            await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
            assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'"))
                    .isEqualTo(3 * EVENTS);
            assertThat(hub.mailbox().counts().messages()).isEqualTo(EVENTS);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(EVENTS);
        }
    }

    @Test
    void no_more_leaves_than_a_crash_may_cost_and_the_rest_waits_unharmed() {
        try (Hub hub = hub("camelbell.delivery.lease=12s", "camelbell.delivery.unwritten=" + MOST)) {
            People.admins(hub, 1);
            refuseOutcomes(hub);
            events(hub);
            await().until(() -> hub.mailbox().counts().messages() >= MOST
                    && hub.whatsapp().counts().accepted() >= MOST);
            await().until(() ->
                    hub.query("SELECT count(*) FROM delivery WHERE due_at < now() - interval '1 second'") >= 2 * MOST);
            assertThat(hub.mailbox().counts().messages()).isEqualTo(MOST);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(MOST);

            hub.execute("DROP TRIGGER refuse ON notification_log");

            await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
            assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'"))
                    .isEqualTo(3 * EVENTS);
            assertThat(hub.mailbox().counts().messages()).isEqualTo(EVENTS);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(EVENTS);
        }
    }

    @Test
    void an_attempt_that_the_database_has_kept_waiting_until_its_lease_was_over_is_not_begun() throws SQLException {
        try (Hub hub = hub(
                        "camelbell.delivery.lease=12s",
                        "camelbell.directory.staleness=1ms",
                        "camelbell.mail.concurrency=1",
                        "camelbell.whatsapp.concurrency=1");
                Connection other = hub.connection()) {
            other.setAutoCommit(false);
            hub.whatsapp().script(Map.of("hang", true)); // for the first person, while the second one waits
            People.admins(hub, 2);
            People.event(hub, "e1");
            await().until(() -> hub.whatsapp().counts().requests() == 1);
            other.createStatement().execute("LOCK TABLE opt_out IN ACCESS EXCLUSIVE MODE");
            await().until(() -> hub.query(WHATSAPPS + "unknown_outcomes = 0 AND attempt = 2") == 1);
            other.rollback();
            await().until(() -> hub.query(WHATSAPPS + "unknown_outcomes = 0") == 0);

            People.event(hub, "e2"); // goes through the same one thread, so whatever it had to send has gone before
            await().until(() -> hub.whatsapp().counts().accepted() >= 3);
            assertThat(hub.whatsapp().counts().duplicates()).isZero();
            await().until(() -> hub.mailbox().counts().messages() >= 4);
            assertThat(hub.mailbox().counts().messages()).isEqualTo(4);
        }
    }

    private static Hub hub(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "camelbell.mail.connect-timeout=1s",
                "camelbell.mail.read-timeout=6s",
                "camelbell.mail.attempt-timeout=6s",
                "camelbell.whatsapp.connect-timeout=1s",
                "camelbell.whatsapp.response-timeout=6s",
                "camelbell.whatsapp.attempt-timeout=7s"));
        all.addAll(List.of(settings));
        return new Hub(all.toArray(String[]::new));
    }

    private static void refuseOutcomes(Hub hub) {
        hub.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''not now''; END'");
        hub.execute("CREATE TRIGGER refuse BEFORE UPDATE ON notification_log EXECUTE FUNCTION refuse()");
    }

    private static void events(Hub hub) {
        for (int event = 0; event < EVENTS; event++) {
            People.event(hub, "e" + event);
        }
    }
}
