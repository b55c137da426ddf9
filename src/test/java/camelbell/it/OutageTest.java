package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole hub whose WhatsApp provider is away, closed or silent: F14, F15, F17 and F24 of the test catalogue. */
@Tag("long")
class OutageTest {

    private static final int ALL = 1_000_000;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    /** Once the hub has started: the start sets all logging up anew. */
    private void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("camelbell.channel.Breaker")).addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        ((Logger) LoggerFactory.getLogger("camelbell.channel.Breaker")).detachAppender(log);
    }

    @Test
    void a_closed_channel_fails_nothing_uses_nothing_up_holds_up_no_other_and_goes_on_by_itself() throws Exception {
        try (Hub hub = new Hub(QuickRoutes.in(folder).setting())) {
            listen();
            hub.whatsapp().script(Map.of("status", 401, "code", 190, "times", ALL));
            People.admins(hub, 5);
            People.event(hub, "first");
            await().until(() -> count(hub, "EMAIL", "SENT") == 5 && alerts(Level.ERROR) == 1);
            await().until(() ->
                    hub.query("SELECT count(*) FROM delivery WHERE channel = 'WHATSAPP' AND leased_by IS NULL") == 5);

            long begun = System.nanoTime();
            long requests = hub.whatsapp().counts().requests();
            People.event(hub, "second");
            await().until(() -> count(hub, "EMAIL", "SENT") == 10);
            await().until(() -> hub.whatsapp().counts().requests() >= requests + 3);
            long tried = hub.whatsapp().counts().requests();
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            assertThat(tried).as("one to try it in a second").isLessThanOrEqualTo(requests + seconds + 2);
            assertThat(count(hub, "WHATSAPP", "PENDING")).isEqualTo(10);
            assertThat(hub.query("SELECT max(attempt) FROM delivery")).isLessThanOrEqualTo(1);
            Management management = new Management(hub);
            await().until(() -> management.status("/actuator/health/readiness") == 200);
            assertThat(management.health("channels", "WHATSAPP").path("breaker").asText())
                    .isIn("open", "half-open");
            assertThat(management.health("channels", "EMAIL").path("breaker").asText())
                    .isEqualTo("closed");

            hub.whatsapp().endScript();
            await().until(() -> count(hub, "WHATSAPP", "SENT") == 10);
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(10);
            assertThat(alerts(Level.ERROR)).isEqualTo(1);
            assertThat(alerts(Level.INFO)).isEqualTo(1);
        }
    }

    @Test
    void a_provider_that_is_down_is_left_alone_and_gets_everything_once_when_it_is_back() throws Exception {
        try (Hub hub = new Hub(QuickRoutes.in(folder).setting())) {
            listen();
            hub.whatsapp().script(Map.of("status", 503, "times", ALL));
            People.admins(hub, 30);
            for (int i = 0; i < 5; i++) {
                People.event(hub, "event" + i);
            }
            await().until(() -> count(hub, "EMAIL", "SENT") == 150 && alerts(Level.ERROR) == 1);
            assertThat(count(hub, "WHATSAPP", "PENDING")).isEqualTo(150);

            hub.whatsapp().endScript();
            await().until(() -> count(hub, "WHATSAPP", "SENT") == 150);
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(150);
            assertThat(alerts(Level.ERROR)).isEqualTo(1);
            assertThat(alerts(Level.INFO)).isEqualTo(1);
        }
    }

    @Test
    void what_may_have_arrived_is_sent_again_once_and_no_more() throws IOException {
        try (Hub hub = new Hub(QuickRoutes.in(folder).setting())) {
            hub.whatsapp().script(Map.of("close", true, "times", ALL));
            People.admins(hub, 1);
            People.event(hub, "first");

            await().untilAsserted(() ->
                    assertThat(reasons(hub)).containsExactly("HTTP NO ANSWER; may have arrived, not sent again"));
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(2);
            assertThat(hub.query("SELECT count(*) FROM delivery WHERE channel = 'WHATSAPP'"))
                    .isZero();
        }
    }

    @Test
    void an_error_with_a_limit_of_its_own_is_given_up_there_while_the_schedule_goes_on_for_others() throws IOException {
        try (Hub hub = new Hub(QuickRoutes.in(folder).setting())) {
            hub.whatsapp().script(Map.of("to", People.number(1), "status", 500, "code", 131000, "times", ALL));
            hub.whatsapp().script(Map.of("to", People.number(2), "status", 500, "code", 1, "times", ALL));
            People.admins(hub, 2);
            People.event(hub, "first");

            await().untilAsserted(() -> assertThat(reasons(hub))
                    .containsExactly("META 131000; gave up after attempt 3, the most for this error"));
            await().until(() ->
                    hub.query("SELECT count(*) FROM delivery WHERE attempt = 3 AND leased_by IS NULL") == 1);
            assertThat(hub.query("SELECT count(*) FROM attempt WHERE reason = 'META 131000'"))
                    .isEqualTo(3);
            assertThat(hub.whatsapp().counts().requests()).isEqualTo(6);
        }
    }

    @Test
    void a_hub_that_stops_gives_back_what_waits_and_is_gone_within_20_seconds() throws IOException {
        Hub hub = new Hub(
                QuickRoutes.in(folder).setting(), "camelbell.whatsapp.concurrency=2", Stack.QUEUE_LOOK_UP + "=1000");
        hub.whatsapp().script(Map.of("hang", true, "times", ALL));
        People.admins(hub, 50);
        People.event(hub, "first");
        await().until(() -> count(hub, "EMAIL", "SENT") == 50);

        long begun = System.nanoTime();
        hub.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        hub.close();
        assertThat(hub.query("SELECT count(*) FROM delivery WHERE attempt <= 1"))
                .isEqualTo(50);
        assertThat(hub.query("SELECT count(*) FROM delivery WHERE leased_by IS NOT NULL"))
                .as("what was under way: its lease says when it may be tried again")
                .isLessThanOrEqualTo(2);
    }

    private long alerts(Level level) {
        synchronized (log) { // as the appender does
            return log.list.stream().filter(line -> line.getLevel() == level).count();
        }
    }

    private static long count(Hub hub, String channel, String status) {
        return hub.query("SELECT count(*) FROM notification_log WHERE channel = '" + channel + "' AND status = '"
                + status + "'");
    }

    private static List<String> reasons(Hub hub) {
        return hub.jdbc()
                .sql("SELECT reason FROM notification_log WHERE status = 'FAILED'")
                .query(String.class)
                .list();
    }
}
