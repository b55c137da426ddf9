package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Webhook.Status;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Free text that Meta takes, and refuses by its webhook: row F18 of the test catalogue, the later way. */
@Tag("long")
class LateRefusalTest {

    private static final String SECRET = UUID.randomUUID().toString();

    @SuppressWarnings("NullAway.Init") // filled before the first test
    private static Hub hub;

    @SuppressWarnings("NullAway.Init") // filled before the first test
    private static Webhook meta;

    private long notification;
    private String text = "";

    @BeforeAll
    static void start() {
        hub = new Hub(
                "camelbell.whatsapp.message-type=text",
                "camelbell.whatsapp.app-secret=" + SECRET,
                "camelbell.whatsapp.parked-every-ms=100");
        meta = new Webhook(hub, SECRET);
        People.admins(hub, 1);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void sendText() {
        hub.whatsapp().reset();
        long before = newestNotification();
        People.event(hub, UUID.randomUUID().toString());
        await().until(() -> {
            notification = newestNotification();
            return notification > before && status().equals("SENT");
        });
        text = providerId();
        assertThat(newestRequest()).contains("\"type\":\"text\"");
    }

    @Test
    void it_goes_out_once_as_the_template_and_what_is_said_of_the_text_counts_no_more() throws Exception {
        refuse(text);
        refuse(text);
        await().until(() -> status().equals("SENT") && !providerId().equals(text));
        assertThat(newestRequest())
                .contains("\"type\":\"template\"", "\"biz_opaque_callback_data\":\"" + notification + "/");
        refuse(text);
        meta.tell(new Status(text, "failed", notification));
        assertThat(status()).isEqualTo("SENT");
        assertThat(attempts()).containsExactly("1 REFUSED_AS_TEXT META 131047", "2 SENT");

        meta.tell(new Status(providerId(), "delivered", notification));
        assertThat(status()).isEqualTo("DELIVERED");
        assertThat(hub.whatsapp().counts().accepted()).isEqualTo(2);
        assertNothingLeft();
    }

    @Test
    void a_template_that_is_refused_too_is_the_end() throws Exception {
        refuse(text);
        await().until(() -> status().equals("SENT") && !providerId().equals(text));
        refuse(providerId());

        assertThat(status()).isEqualTo("FAILED");
        assertThat(attempts()).hasSize(2);
        assertNothingLeft();
    }

    @Test
    void a_text_that_has_arrived_is_not_sent_again_whatever_else_is_said() throws Exception {
        String both = Webhook.body(
                        number(),
                        List.of(new Status(text, "failed", notification), new Status(text, "delivered", notification)))
                .replace("131026", "131047");
        assertThat(meta.post(both)).isEqualTo(200);
        refuse(text);

        assertThat(status()).isEqualTo("DELIVERED");
        assertThat(attempts()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void another_failure_is_final() throws Exception {
        meta.tell(new Status(text, "failed", notification));

        assertThat(status()).isEqualTo("FAILED");
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertThat(ask("SELECT 'to be sent' FROM delivery WHERE notification_id = ?"))
                .isEmpty();
        assertThat(hub.query("SELECT count(*) FROM parked_receipt")).isZero();
    }

    private void refuse(String wamid) throws Exception {
        String body = Webhook.body(number(), List.of(new Status(wamid, "failed", notification)));
        assertThat(meta.post(body.replace("131026", "131047"))).isEqualTo(200);
    }

    private static String number() {
        return hub.property("camelbell.whatsapp.phone-number-id");
    }

    private static String newestRequest() {
        return String.valueOf(hub.whatsapp().received(1).get(0).body());
    }

    private static long newestNotification() {
        return hub.query("SELECT coalesce(max(id), 0) FROM notification_log WHERE channel = 'WHATSAPP'");
    }

    private String status() {
        return ask("SELECT status FROM notification_log WHERE id = ?").get(0);
    }

    private String providerId() {
        return ask("SELECT coalesce(provider_id, '') FROM notification_log WHERE id = ?")
                .get(0);
    }

    private List<String> attempts() {
        return ask(
                "SELECT concat_ws(' ', attempt, outcome, reason) FROM attempt WHERE notification_id = ? ORDER BY at");
    }

    private List<String> ask(String sql) {
        return hub.jdbc().sql(sql).param(notification).query(String.class).list();
    }
}
