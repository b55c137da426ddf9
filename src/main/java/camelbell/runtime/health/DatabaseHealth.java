package camelbell.runtime.health;

import camelbell.runtime.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down while the database gives no connection or does not answer on it. Part of readiness. Takes the place of Spring's own,
 * which takes a connection for every probe: many of those at once would take all there are.
 */
@Component("db")
class DatabaseHealth implements HealthIndicator {

    private static final int ANSWER_SECONDS = 1;
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(500);

    private final DataSource database;
    private final AnsweredOnce answer;

    /** Waits no longer for a connection than others do. */
    DatabaseHealth(
            DataSource database, @Value("${spring.datasource.hikari.connection-timeout}") long connectionTimeout) {
        this.database = database;
        this.answer = new AnsweredOnce(
                this::look, Duration.ofMillis(connectionTimeout).plus(FOR_THE_ANSWER));
    }

    private Health look() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(ANSWER_SECONDS)
                    ? Health.up().withDetail("database", "PostgreSQL").build()
                    : Health.down()
                            .withDetail("reason", "no answer on a connection")
                            .build();
        } catch (SQLException e) {
            return Health.down().withDetail("reason", Reason.of(e)).build();
        }
    }

    @Override
    public Health health() {
        return answer.health();
    }
}
