package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole hub whose provider, or whose operator, wants less: F14 of the test catalogue. */
@Tag("long")
class ThrottleTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void whom_the_provider_wants_spared_is_sent_to_slowly_and_nobody_else_waits() throws IOException {
        String routes = QuickRoutes.in(folder, "recipient-rate: { every: 6s", "recipient-rate: { every: 2s")
                .setting();
        try (Hub hub = new Hub(routes)) {
            hub.whatsapp().script(Map.of("to", People.number(1), "status", 400, "code", 131056));
            People.admins(hub, 3);
            People.event(hub, "first");
            await().until(() -> hub.whatsapp().counts().requests() >= 3 && attempts(hub, "THROTTLED") == 1);
            for (int i = 0; i < 4; i++) {
                People.event(hub, "event" + i);
            }
            await().until(() -> sent(hub, "recipient > 1") == 10);
            assertThat(hub.query("SELECT count(*) FROM delivery")).isPositive();

            await().until(() -> sent(hub, "recipient = 1") == 5);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(16);
            assertThat(lastAccepted(hub)).isAfter(refused(hub).plus(Duration.ofSeconds(10)));
        }
    }

    @Test
    void a_channel_that_is_asked_to_slow_down_does_and_loses_nothing() throws IOException {
        String routes = QuickRoutes.in(folder, "rate: { per-second: 80, burst: 80", "rate: { per-second: 5, burst: 5")
                .setting();
        try (Hub hub = new Hub(routes)) {
            hub.whatsapp().script(Map.of("status", 429, "code", 130429));
            People.admins(hub, 1);
            People.event(hub, "first");
            await().until(() -> attempts(hub, "SLOWED") == 1);
            People.admins(hub, 20);
            People.event(hub, "second");

            await().until(() -> sent(hub, "true") == 21);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(22);
            assertThat(lastAccepted(hub)).isAfter(refused(hub).plus(Duration.ofSeconds(4)));
        }
    }

    @Test
    void a_rate_that_always_holds_is_kept_from_the_first_message_and_other_channels_do_not_wait() throws IOException {
        String routes = QuickRoutes.in(
                        folder,
                        "rate: { per-second: 80, burst: 80, when: throttled }",
                        "rate: { per-second: 2, burst: 2, when: always }")
                .setting();
        try (Hub hub = new Hub(routes)) {
            People.admins(hub, 16);
            Instant begun = Instant.now();
            People.event(hub, "first");
            await().until(() ->
                    hub.query("SELECT count(*) FROM notification_log WHERE channel = 'EMAIL' AND status = 'SENT'")
                            == 16);
            assertThat(sent(hub, "true")).isLessThan(16);
            assertThat(hub.query("SELECT max(attempt) FROM delivery")).isLessThanOrEqualTo(1);

            await().until(() -> sent(hub, "true") == 16);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(16);
            assertThat(lastAccepted(hub)).isAfter(begun.plus(Duration.ofSeconds(6)));
        }
    }

    /** Known once the pace that follows is kept. */
    private static long attempts(Hub hub, String outcome) {
        return hub.query("SELECT count(*) FROM attempt WHERE outcome = '" + outcome + "'");
    }

    private static long sent(Hub hub, String condition) {
        return hub.query("SELECT count(*) FROM notification_log WHERE channel = 'WHATSAPP' AND status = 'SENT' AND "
                + condition);
    }

    private static Instant refused(Hub hub) {
        return times(hub, false).findFirst().orElseThrow();
    }

    private static Instant lastAccepted(Hub hub) {
        return times(hub, true).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static Stream<Instant> times(Hub hub, boolean accepted) {
        return hub.whatsapp().received(100).stream()
                .filter(one -> (one.status() == 200) == accepted)
                .map(one -> Instant.parse(one.at()));
    }
}
