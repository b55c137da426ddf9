package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class TableSizesTest {

    private MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void rows_dead_rows_and_what_they_take_are_told_of_every_table_that_grows() {
        DriverManagerDataSource database = Stack.migratedDatabase();
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("ALTER TABLE notification_log SET (autovacuum_enabled = false)")
                .update();
        jdbc.sql("INSERT INTO notification_log SELECT n, n, n, 'EMAIL', 'SENT', NULL, true, NULL, now()"
                        + " FROM generate_series(1, 1000) n")
                .update();
        jdbc.sql("DELETE FROM notification_log WHERE id <= 400").update();

        await().untilAsserted(
                        () -> { // what the session that deleted them says comes when it has ended
                            jdbc.sql("ANALYZE notification_log").update();
                            Map<String, Object> told = sizes(database).health().getDetails();
                            assertThat(told.keySet()).containsExactlyElementsOf(TableSizes.TABLES);
                            assertThat(told.get("notification_log"))
                                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                                    .containsEntry("rows", 600L)
                                    .containsEntry("dead", 400L);
                        });
        assertThat(gauge("camelbell.table.rows")).isEqualTo(600);
        assertThat(gauge("camelbell.table.dead")).isEqualTo(400);
        assertThat(gauge("camelbell.table.bytes")).isGreaterThan(1000.0 * 50);
    }

    @Test
    void a_database_that_is_away_makes_nothing_down() {
        DriverManagerDataSource away = new DriverManagerDataSource("jdbc:postgresql://localhost:1/hub", "hub", "");
        Health health = sizes(away).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().get("delivery"))
                .isEqualTo(Map.of("rows", "not known", "dead", "not known", "mib", "not known"));
    }

    private TableSizes sizes(DriverManagerDataSource database) {
        meters = new SimpleMeterRegistry();
        return new TableSizes(JdbcClient.create(database), new JdbcTransactionManager(database), meters);
    }

    @Test
    void a_table_that_is_locked_as_a_whole_keeps_nobody_waiting() throws SQLException {
        DriverManagerDataSource database = Stack.migratedDatabase();
        try (Connection vacuum = database.getConnection();
                Statement statement = vacuum.createStatement()) {
            vacuum.setAutoCommit(false);
            statement.execute("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE");

            assertThat(sizes(database).health().getDetails().get("delivery"))
                    .isEqualTo(Map.of("rows", "not known", "dead", "not known", "mib", "not known"));
        }
    }

    private double gauge(String name) {
        return meters.get(name).tag("table", "notification_log").gauge().value();
    }
}
