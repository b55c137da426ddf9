package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.Budget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each kind of work has database connections of its own, and none waits for the database for ever. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class BudgetsTest {

    private static final int CALLERS = 8;
    private static final String TICKET = "/api/notifications/ws_ticket/";

    private final Hub hub =
            new Hub("spring.datasource.hikari.maximum-pool-size=5", "camelbell.database.lock-timeout=2s");
    private final Rest rest = new Rest(hub);
    private final Management management = new Management(hub);

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void while_rest_holds_all_its_connections_events_are_recorded_and_sent_and_health_is_told(CapturedOutput log)
            throws Exception {
        People.admins(hub, 1);
        await().until(() -> rest.post(TICKET, 1).status() == 200);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Connection other = locked("ws_ticket")) {
            for (int n = 0; n < CALLERS; n++) {
                callers.execute(() -> callUntil(over));
            }
            await().until(() -> waiting() > 0);
            People.event(hub, "beside");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 3);
            assertThat(management.status("/actuator/health/readiness")).isEqualTo(200);
            try (Caller socket = new Caller(hub.port(), 1, "&since=0")) {
                await().until(() -> !socket.frames("").isEmpty());
            }
            await().until(() -> waiting() > 0);
            over.set(true);
            other.rollback();
        } finally {
            over.set(true);
            callers.shutdown();
        }
        await().until(() -> rest.post(TICKET, 1).status() == 200);
        assertThat(log).doesNotContain("of no kind");
    }

    private void callUntil(AtomicBoolean over) {
        while (!over.get()) {
            try {
                rest.post(TICKET, 1);
            } catch (Exception again) {
                assertThat(again).isInstanceOf(java.io.IOException.class);
            }
        }
    }

    @Test
    void a_statement_that_waits_too_long_for_a_lock_is_503_and_health_names_the_holder(CapturedOutput log)
            throws Exception {
        People.admins(hub, 1);
        await().until(() -> rest.post(TICKET, 1).status() == 200);
        try (Connection other = locked("ws_ticket")) {
            int pid = pid(other);
            await().untilAsserted(() -> {
                Rest.Answer answer = rest.post(TICKET, 1);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.json().path("code").asText()).isEqualTo("unavailable");
                assertThat(management.health("databaseLocks", "holder_pid").asInt())
                        .isEqualTo(pid);
                assertThat(log).contains("pg_terminate_backend(" + pid + ")");
            });
            assertThat(management.health("databaseLocks", "holder_state").asText())
                    .isEqualTo("idle in transaction");
            other.rollback();
        }
        await().until(() -> !management.health("databaseLocks", "blocked").asBoolean(true));
        assertThat(log.getAll().split("database lock held", -1)).hasSize(2);
    }

    @Test
    void who_locks_an_inbox_is_named_for_as_long_as_notifications_are_put_off_for_it() throws Exception {
        People.admins(hub, 1);
        await().until(() -> rest.post(TICKET, 1).status() == 200);
        hub.execute("INSERT INTO inbox VALUES (1, 'SYSTEM', 0, 0) ON CONFLICT DO NOTHING");
        try (Connection other = hub.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM inbox WHERE recipient = 1 FOR UPDATE");
            int pid = pid(other);
            People.event(hub, "held");
            await().until(() ->
                    management.health("databaseLocks", "waiting").asText().equals("notifications put off")
                            && management.health("databaseLocks", "holder_pid").asInt() == pid);
            other.rollback();
        }
        await().until(() -> !management.health("databaseLocks", "blocked").asBoolean(true));
        await().until(() -> hub.query("SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                        + " WHERE e.event_id = 'held' AND n.status = 'SENT'")
                == 3);
    }

    @Test
    void every_connection_has_its_limits() {
        JdbcClient database = JdbcClient.create(hub.bean(DataSource.class));
        for (Budget budget : Budget.values()) {
            assertThat(budget.get(() -> database.sql(
                                    "SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')"
                                            + " || ' ' || current_setting('idle_in_transaction_session_timeout') || ' '"
                                            + " || current_setting('application_name')")
                            .query(String.class)
                            .single()))
                    .isEqualToIgnoringCase("30s 2s 30s camelbell-" + budget);
        }
    }

    private long waiting() {
        return hub.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'");
    }

    private Connection locked(String table) throws SQLException {
        Connection other = hub.connection();
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
        return other;
    }

    private static int pid(Connection session) throws SQLException {
        try (Statement ask = session.createStatement();
                ResultSet row = ask.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
