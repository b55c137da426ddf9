package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whether health says so when intake stands, whatever it stands for, and when it moves again. */
@Tag("long")
class IntakeHealthTest {

    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String QUICK = "camelbell.health.stall=3s";

    private final Logger all = (Logger) LoggerFactory.getLogger("camelbell.runtime.kafka.IntakeHealth");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private void listen() {
        log.start();
        all.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        all.detachAppender(log);
        PollError.COMING.set(0);
    }

    @Test
    void intake_that_does_not_move_although_there_is_lag_is_not_ready_says_where_and_why_and_is_again_by_itself()
            throws Exception {
        try (Hub hub = new Hub(QUICK)) {
            Management management = new Management(hub);
            People.admins(hub, 1);
            People.event(hub, "before");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 1);
            await().until(() -> management.status(READINESS) == 200);
            listen();

            hub.execute("ALTER TABLE inbox RENAME TO inbox_away");
            People.event(hub, "fails");
            await().until(() -> management.status(READINESS) == 503);
            assertThat(management.status(LIVENESS)).isEqualTo(200);
            JsonNode wrong = intake(management);
            assertThat(wrong.fieldNames().next())
                    .startsWith(hub.property("camelbell.kafka.topics.ticket-events") + "/");
            JsonNode partition = wrong.elements().next();
            assertThat(partition.path("offset").asInt()).isEqualTo(1);
            assertThat(partition.path("behind").asInt()).isEqualTo(1);
            assertThat(partition.path("reason").asText()).contains("42P01");
            assertThat(hub.metric("camelbell.health.down", "component", "intake"))
                    .isEqualTo(1);

            hub.execute("ALTER TABLE inbox_away RENAME TO inbox");
            await().until(() -> management.status(READINESS) == 200);
            assertThat(hub.query("SELECT count(*) FROM ticket_event")).isEqualTo(2);
            assertThat(lines("health is DOWN component=intake")).hasSize(1);
            await().until(() -> lines("health is UP again component=intake").size() == 1);

            try (Connection locker = hub.connection();
                    Statement statement = locker.createStatement()) {
                locker.setAutoCommit(false);
                statement.execute("LOCK TABLE person");
                People.admins(hub, 2);
                await().until(() -> intake(management).toString().contains("route directory")
                        || intake(management).toString().contains(hub.property("camelbell.kafka.topics.users") + "/"));
                assertThat(management.status(READINESS)).isEqualTo(503);
                locker.rollback();
            }
            await().until(() -> management.status(READINESS) == 200);
            assertThat(hub.query("SELECT count(*) FROM person")).isEqualTo(2);
        }
    }

    @Test
    void a_consumer_that_ended_is_started_again_and_one_that_stays_ended_is_not_alive() throws Exception {
        try (Hub hub = new Hub(QUICK, PollError.SETTING, "camelbell.health.restarts=2")) {
            Management management = new Management(hub);
            People.admins(hub, 1);
            await().until(() -> hub.query("SELECT count(*) FROM person") == 1);
            listen();

            PollError.COMING.set(1);
            People.event(hub, "ends its consumer");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 1);
            assertThat(PollError.COMING).hasValue(0);
            await().until(() -> management.status(READINESS) == 200);
            assertThat(management.status(LIVENESS)).isEqualTo(200);

            PollError.COMING.set(1_000_000);
            People.event(hub, "ends it again and again");
            await().until(() -> management.status(LIVENESS) == 503);
            assertThat(management.status(READINESS)).isEqualTo(503);
            assertThat(intake(management).toString()).contains("route ticket-events", "has ended");
        }
    }

    private static JsonNode intake(Management management) throws Exception {
        return new JsonMapper()
                .readTree(management.get(READINESS).body())
                .path("components")
                .path("intake")
                .path("details");
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
