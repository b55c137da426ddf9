package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever tries again by itself does so at a pace, and says so once. */
@Tag("long")
class LoopsTest {

    private static final Duration A_WHILE = Duration.ofSeconds(6);
    private static final int FEW = 60;

    private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private void listen() {
        log.start(); // not before the hub is up: its start sets all logging up anew
        all.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        all.detachAppender(log);
    }

    @Test
    void a_consumer_that_cannot_learn_where_to_begin_tries_at_a_pace_says_so_once_and_goes_on_by_itself()
            throws Exception {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            await().until(() -> hub.query("SELECT count(*) FROM person") == 1);
            CamelContext camel = hub.bean(CamelContext.class);
            camel.getRouteController().stopRoute("directory");
            hub.execute("ALTER TABLE directory_progress RENAME TO directory_progress_away");
            listen();
            camel.getRouteController().startRoute("directory");

            await().until(() -> lines("failed consumer").size() == 1);
            staysQuiet();
            assertThat(lines("failed consumer")).hasSize(1);
            assertThat(lines("failed consumer").get(0)).contains("-directory", "SQLState 42P01");

            hub.execute("ALTER TABLE directory_progress_away RENAME TO directory_progress");
            People.admins(hub, 2);
            await().until(() -> hub.query("SELECT count(*) FROM person") == 2);
            await().until(() -> lines("works again consumer").size() == 1);
        }
    }

    @Test
    void a_batch_that_fails_comes_again_at_a_pace_and_is_told_once_with_its_offsets() {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            People.event(hub, "before");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 1);
            hub.execute("ALTER TABLE inbox RENAME TO inbox_away");
            listen();
            People.event(hub, "fails");

            await().until(() -> failures(hub, "ticket-events") >= 3);
            staysQuiet();
            assertThat(lines("failed route=ticket-events")).hasSize(1);
            assertThat(lines("failed route=ticket-events").get(0))
                    .contains(hub.property("camelbell.kafka.topics.ticket-events") + "/", "@1", "SQLState 42P01");

            hub.execute("ALTER TABLE inbox_away RENAME TO inbox");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 2);
            await().until(() -> lines("works again route=ticket-events").size() == 1);
        }
    }

    @Test
    void what_a_timer_does_is_tried_again_at_a_pace_and_told_once() {
        try (Hub hub = new Hub()) {
            listen();
            hub.execute("ALTER TABLE status_outbox RENAME TO status_outbox_away");
            hub.execute("ALTER TABLE delivery RENAME TO delivery_away");
            await().until(() -> failures(hub, "unsent") >= 2 && failures(hub, "publish-status") >= 2);
            double unsent = failures(hub, "unsent");
            double status = failures(hub, "publish-status");
            staysQuiet();
            assertThat(failures(hub, "unsent") - unsent).as("of 24 looks").isLessThan(12);
            assertThat(failures(hub, "publish-status") - status)
                    .as("of 60 looks")
                    .isLessThan(12);
            assertThat(lines("failed route=unsent")).hasSize(1);
            assertThat(lines("failed route=publish-status")).hasSize(1);

            hub.execute("ALTER TABLE status_outbox_away RENAME TO status_outbox");
            hub.execute("ALTER TABLE delivery_away RENAME TO delivery");
            await().until(() -> lines("works again route=unsent").size() == 1
                    && lines("works again route=publish-status").size() == 1);
        }
    }

    @Test
    void outcomes_that_cannot_be_written_are_tried_at_a_pace_and_told_once() {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            await().until(() -> hub.query("SELECT count(*) FROM person") == 1);
            hub.execute("ALTER TABLE provider_message RENAME TO provider_message_away");
            listen();
            People.event(hub, "first");
            await().until(() -> hub.whatsapp().counts().accepted() == 1);
            staysQuiet();

            hub.execute("ALTER TABLE provider_message_away RENAME TO provider_message");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") == 3);
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("try") // closing is the use
    void a_database_that_is_away_leaves_tens_of_lines_not_hundreds() throws Exception {
        try (Hub hub = new Hub()) {
            People.admins(hub, 1);
            People.event(hub, "before");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") == 3);
            listen();
            try (DatabaseAway away = new DatabaseAway(hub)) {
                People.admins(hub, 2);
                People.event(hub, "meanwhile");
                await().until(() -> failures(hub, "unsent") >= 2
                        && failures(hub, "directory") >= 1
                        && failures(hub, "ticket-events") >= 2);
                staysQuiet();
            }
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 2);
        }
    }

    private void staysQuiet() {
        await().during(A_WHILE).until(() -> lines("").size() < FEW);
    }

    private static double failures(Hub hub, String route) {
        return hub.metric("camelbell.loop.failures", "route", route);
    }

    private List<String> lines(String beginning) {
        synchronized (log) { // as the appender does
            return log.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(line -> line.startsWith(beginning))
                    .toList();
        }
    }
}
