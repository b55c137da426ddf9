package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Webhook.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that takes a message and never says so: F16 of the test catalogue. */
@Tag("long")
class UnknownOutcomesTest {

    private static final String SECRET = UUID.randomUUID().toString();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void a_receipt_for_an_attempt_that_timed_out_settles_it_and_nothing_is_sent_again() throws Exception {
        try (Hub hub = hub("unknown: { resends: 1, after: 40s }")) {
            long id = sendUnanswered(hub);
            Webhook meta = new Webhook(hub, SECRET);
            assertThat(meta.tell(new Status("wamid.timed-out", "delivered", id)))
                    .isEqualTo(200);

            await().until(() -> status(hub, id).equals("DELIVERED"));
            assertThat(hub.query("SELECT count(*) FROM delivery WHERE channel = 'WHATSAPP'"))
                    .isZero();
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(1);
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(1);

            meta.tell(new Status("wamid.timed-out", "read", id));
            await().until(() -> status(hub, id).equals("READ"));
        }
    }

    @Test
    void without_a_receipt_it_is_sent_again_once_under_the_same_tag() throws Exception {
        try (Hub hub = hub("unknown: { resends: 1, after: 1s }")) {
            long id = sendUnanswered(hub);

            await().until(() -> status(hub, id).equals("SENT"));
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(2);
            assertThat(hub.whatsapp().counts().distinctCallbackData()).isEqualTo(1);
        }
    }

    private Hub hub(String unknown) throws IOException {
        return new Hub(
                QuickRoutes.in(folder, "unknown: { resends: 1, after: 1s }", unknown)
                        .setting(),
                "camelbell.whatsapp.response-timeout=6s",
                "camelbell.whatsapp.app-secret=" + SECRET);
    }

    /** One message that the provider has and has not answered; its notification. */
    private static long sendUnanswered(Hub hub) {
        hub.whatsapp().script(Map.of("hang", true, "accepted", true));
        People.admins(hub, 1);
        People.event(hub, "first");
        await().until(() -> hub.query("SELECT count(*) FROM delivery WHERE unknown_outcomes = 1") == 1
                || hub.whatsapp().counts().requests() > 1);
        return hub.query("SELECT id FROM notification_log WHERE channel = 'WHATSAPP'");
    }

    private static String status(Hub hub, long id) {
        return hub.jdbc()
                .sql("SELECT status FROM notification_log WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }
}
