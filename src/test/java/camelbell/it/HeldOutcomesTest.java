package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Somebody has locked the rows of one notification while it is sent. */
@Tag("long")
class HeldOutcomesTest {

    private static final String OF_E1 =
            " WHERE channel = 'WHATSAPP' AND event = (SELECT id FROM ticket_event WHERE event_id = 'e1')";

    private static final String NOTIFICATION = "SELECT 1 FROM notification_log" + OF_E1 + " FOR UPDATE";

    /** The provider's answer to the first message takes no longer, and comes once the rows are locked. */
    private static final int ANSWERED_AFTER_MS = 10_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                NOTIFICATION,
                "SELECT 1 FROM delivery WHERE notification_id = (SELECT id FROM notification_log" + OF_E1
                        + ") FOR UPDATE"
            })
    void it_keeps_no_other_outcome_from_being_written_and_no_node_sends_it_again(String lock) throws SQLException {
        try (Hub hub = hub();
                ConfigurableApplicationContext other = hub.node(context -> {});
                Connection frozen = lockedWhileSent(hub, lock)) {
            hub.execute("CREATE TABLE lease AS SELECT due_at FROM delivery WHERE notification_id ="
                    + " (SELECT id FROM notification_log" + OF_E1 + ")");
            await().until(() -> hub.whatsapp().counts().accepted() == 1);
            for (int i = 2; i <= 20; i++) {
                People.event(hub, "e" + i);
            }
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 20 * 3 - 1);
            await().until(() ->
                    hub.query("SELECT count(*) FROM lease WHERE due_at < now() - interval '2 seconds'") == 1);
            assertThat(other.isActive()).isTrue();
            assertThat(hub.query("SELECT count(*) FROM delivery")).isEqualTo(1);
            frozen.rollback();
            await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
            assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'"))
                    .isEqualTo(20 * 3);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(20);
        }
    }

    @Test
    void a_node_that_stops_meanwhile_leaves_nothing_to_be_sent_again() throws SQLException {
        try (Hub hub = hub();
                ConfigurableApplicationContext other = hub.node(context -> {});
                Connection frozen = lockedWhileSent(hub, NOTIFICATION)) {
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") == 2);
            await().until(() -> hub.whatsapp().counts().accepted() == 1);
            SpringApplication.exit(other);
            hub.stop(); // one of the two has sent it
            frozen.rollback();
            assertThat(hub.query("SELECT count(*) FROM delivery")).isZero();
            assertThat(hub.query("SELECT count(*) FROM notification_log" + OF_E1 + " AND status = 'PENDING'"))
                    .isEqualTo(1);
        }
    }

    /** A session that has locked rows of e1 while its WhatsApp message is under way, and does nothing more. */
    private static Connection lockedWhileSent(Hub hub, String lock) throws SQLException {
        hub.whatsapp().script(Map.of("delay_ms", ANSWERED_AFTER_MS));
        People.admins(hub, 1);
        People.event(hub, "e1");
        await().until(() -> hub.query("SELECT count(*) FROM notification_log" + OF_E1) == 1);
        Connection frozen = hub.connection();
        frozen.setAutoCommit(false);
        try (Statement session = frozen.createStatement()) {
            session.execute(lock);
        }
        await().until(() -> hub.whatsapp().endDelays() == 1);
        return frozen;
    }

    private static Hub hub() {
        return new Hub(
                "camelbell.delivery.lease=20s",
                "camelbell.mail.connect-timeout=1s",
                "camelbell.mail.read-timeout=6s",
                "camelbell.mail.attempt-timeout=6s",
                "camelbell.whatsapp.connect-timeout=1s",
                "camelbell.whatsapp.response-timeout=14s",
                "camelbell.whatsapp.attempt-timeout=15s");
    }
}
