package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Three nodes of one hub: the first has the right time, the second is an hour ahead, the third an hour behind. */
@Tag("long")
class ClockSkewTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration NEAR = Duration.ofMinutes(5);
    private static final int PEOPLE = 3;
    private static final int EVENTS = 12;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void nodes_whose_clocks_differ_by_hours_send_nothing_twice_and_nothing_waits_for_an_hour() throws Exception {
        try (Hub hub = new Hub(QuickRoutes.in(folder).setting(), "camelbell.whatsapp.concurrency=1");
                ConfigurableApplicationContext ahead = hub.node(offBy(AN_HOUR));
                ConfigurableApplicationContext behind = hub.node(offBy(AN_HOUR.negated()))) {
            // slow, so that each node holds leases while the others look for work, and failing at first: that is due
            // later
            hub.whatsapp().script(Map.of("status", 500, "code", 1, "times", EVENTS));
            hub.whatsapp().script(Map.of("delay_ms", 200, "times", 0));
            People.admins(hub, PEOPLE);
            for (int i = 0; i < EVENTS; i++) {
                People.post(hub, "event" + i, 63 + i); // another ticket is another partition
            }
            hub.flush();
            await().until(() ->
                    hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") == 3L * PEOPLE * EVENTS);
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(PEOPLE * EVENTS);
            assertThat(hub.query("SELECT count(*) FROM delivery")).isZero();
            for (ConfigurableApplicationContext node : new ConfigurableApplicationContext[] {ahead, behind}) {
                assertThat(node.getBean(Clock.class).instant())
                        .isBetween(Instant.now().minus(NEAR), Instant.now().plus(NEAR));
            }
            assertThat(skew(ahead)).isBetween(AN_HOUR.minus(NEAR), AN_HOUR.plus(NEAR));
            assertThat(skew(behind))
                    .isBetween(AN_HOUR.plus(NEAR).negated(), AN_HOUR.minus(NEAR).negated());
        }
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> offBy(Duration duration) {
        return node -> node.getBeanFactory().registerSingleton("nodeClock", Clock.offset(Clock.systemUTC(), duration));
    }

    private static Duration skew(ConfigurableApplicationContext node) {
        double seconds = node.getBean(MeterRegistry.class)
                .get("camelbell.clock.skew")
                .gauge()
                .value();
        return Duration.ofSeconds((long) seconds);
    }
}
