package camelbell.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseClockTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration NEAR = Duration.ofMinutes(5);

    /** A node's clock that somebody sets. */
    private static final class Settable extends Clock {

        private Duration off = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(off);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Settable node = new Settable();
    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final DatabaseClock clock = new DatabaseClock(manual(database), node);

    /** As the hub's pool is. */
    private static DriverManagerDataSource manual(AbstractDriverBasedDataSource database) {
        DriverManagerDataSource manual =
                new DriverManagerDataSource(
                        String.valueOf(database.getUrl()),
                        String.valueOf(database.getUsername()),
                        String.valueOf(database.getPassword())) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        Connection connection = super.getConnection();
                        connection.setAutoCommit(false);
                        return connection;
                    }
                };
        return manual;
    }

    @Test
    void it_goes_by_the_database_and_tells_how_far_the_node_is_off() {
        node.off = AN_HOUR;
        assertThat(clock.measure()).isTrue();
        assertThat(clock.instant())
                .isBetween(Instant.now().minus(NEAR), Instant.now().plus(NEAR));
        var reading = clock.reading();
        assertThat(reading).isNotNull();
        assertThat(reading.skew()).isBetween(AN_HOUR.minus(NEAR), AN_HOUR.plus(NEAR));
        assertThat(reading.error()).isPositive();
    }

    @Test
    void a_node_whose_clock_is_set_meanwhile_does_not_notice() {
        assertThat(clock.measure()).isTrue();
        Instant before = clock.instant();
        node.off = AN_HOUR;
        assertThat(clock.instant()).isBetween(before, before.plus(NEAR));
        node.off = AN_HOUR.negated();
        assertThat(clock.instant()).isBetween(before, before.plus(NEAR));
    }

    @Test
    void a_database_that_is_away_leaves_the_last_reading_and_before_the_first_one_the_nodes_clock() {
        DatabaseClock none = new DatabaseClock(new DriverManagerDataSource("jdbc:postgresql://localhost:1/none"), node);
        assertThat(none.measure()).isFalse();
        assertThat(none.instant())
                .isBetween(Instant.now().minus(NEAR), Instant.now().plus(NEAR));
    }
}
