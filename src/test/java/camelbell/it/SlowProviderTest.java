package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider that takes its time, and a backlog that takes longer than deliveries are leased. */
@Tag("long")
class SlowProviderTest {

    private static final int PEOPLE = 200;
    private static final int AT_ONCE = 4;
    private static final int MILLIS = 200; // ten seconds in all, of which a lease leaves four to begin

    /**
     * What is claimed and not begun in time is given back. A hub that claims what it has room for would give back more than half;
     * one that claims what it gets done none, and of a machine that stands for a moment no more than it holds then.
     */
    @Test
    void of_a_backlog_for_a_slow_provider_no_more_is_claimed_than_can_be_begun_in_time() {
        try (Hub hub = new Hub(
                "camelbell.delivery.lease=6s",
                "camelbell.mail.connect-timeout=1s",
                "camelbell.mail.read-timeout=1s",
                "camelbell.mail.write-timeout=1s",
                "camelbell.channels.email.attempt-timeout=2s",
                "camelbell.channels.whatsapp.attempt-timeout=2s",
                "camelbell.channels.whatsapp.concurrency=" + AT_ONCE)) {
            hub.whatsapp().script(Map.of("delay_ms", MILLIS, "times", 0));
            People.admins(hub, PEOPLE);
            People.event(hub, "for everybody");

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> hub.query(
                                    "SELECT count(*) FROM notification_log WHERE status = 'SENT' AND channel = 'WHATSAPP'")
                            == PEOPLE);

            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(PEOPLE);
            assertThat(hub.metric("camelbell.delivery.attempts", "outcome", "not_begun"))
                    .isLessThan(PEOPLE / 5.0);
        }
    }
}
