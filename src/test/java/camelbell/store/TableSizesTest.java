package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class TableSizesTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void rows_dead_rows_and_what_they_take_are_told_of_every_table_that_grows() {
        JdbcClient jdbc = JdbcClient.create(Stack.migratedDatabase());
        jdbc.sql("ALTER TABLE notification_log SET (autovacuum_enabled = false)")
                .update();
        jdbc.sql("INSERT INTO notification_log SELECT n, n, n, 'EMAIL', 'SENT', NULL, true, NULL, now()"
                        + " FROM generate_series(1, 1000) n")
                .update();
        jdbc.sql("DELETE FROM notification_log WHERE id <= 400").update();
        jdbc.sql("ANALYZE notification_log").update(); // which counts them, and says so at once

        Map<String, Object> told = new TableSizes(jdbc, meters).health().getDetails();

        assertThat(told.keySet()).containsExactlyElementsOf(TableSizes.TABLES);
        assertThat(told.get("notification_log"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("rows", 600L)
                .containsEntry("dead", 400L);
        assertThat(gauge("camelbell.table.rows")).isEqualTo(600);
        assertThat(gauge("camelbell.table.dead")).isEqualTo(400);
        assertThat(gauge("camelbell.table.bytes")).isGreaterThan(1000.0 * 50);
    }

    @Test
    void a_database_that_is_away_makes_nothing_down() {
        DriverManagerDataSource away = new DriverManagerDataSource("jdbc:postgresql://localhost:1/hub", "hub", "");
        var health = new TableSizes(JdbcClient.create(away), meters).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().get("delivery"))
                .isEqualTo(Map.of("rows", "not known", "dead", "not known", "mib", "not known"));
    }

    private double gauge(String name) {
        return meters.get(name).tag("table", "notification_log").gauge().value();
    }
}
