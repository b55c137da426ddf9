package camelbell.runtime.health;

import camelbell.runtime.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * The hub's time: the database's, which all nodes share, read now and then and carried on by this node's monotonic time. A
 * node whose own clock is wrong, or is set while it runs, neither takes what is another's nor lets its own wait: leases,
 * dates of retries and tickets mean the same on all nodes. Until the database has been read the node's clock stands in.
 */
@Primary // whoever asks for a clock gets this one
@Component("clock")
class DatabaseClock extends Clock implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    private static final int TRIES = 3;
    private static final String NOW = "SELECT clock_timestamp()";

    private final DataSource database;
    private final Clock node;
    private volatile @Nullable Reading reading;

    DatabaseClock(DataSource database, @Qualifier("nodeClock") Clock node) {
        this.database = database;
        this.node = node;
    }

    /**
     * What the database said, and when by the monotonic time.
     *
     * @param error at most so far off: half of what the question took
     * @param skew how far the node's own clock was ahead
     */
    record Reading(Instant time, long nanos, Duration error, Duration skew) {}

    /** After the schema is there, before the first route starts. */
    @Override
    public void afterSingletonsInstantiated() {
        measure();
    }

    /** Reads the database's clock; keeps the last reading when the database does not answer. Answers whether it did. */
    boolean measure() {
        try (Connection connection = database.getConnection()) {
            Reading best = null;
            for (int i = 0; i < TRIES; i++) {
                Reading next = read(connection);
                best = best == null || next.error.compareTo(best.error) < 0 ? next : best;
            }
            connection.rollback();
            reading = best;
            return true;
        } catch (SQLException e) {
            LOG.debug("the database's clock was not read: {}", Reason.of(e));
            return false;
        }
    }

    private Reading read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long before = System.nanoTime();
            Instant time;
            try (ResultSet row = statement.executeQuery(NOW)) {
                row.next();
                time = row.getObject(1, OffsetDateTime.class).toInstant();
            }
            long after = System.nanoTime();
            Instant own = node.instant();
            long half = (after - before) / 2;
            Duration skew = Duration.between(time, own.minusNanos(half));
            return new Reading(time, before + half, Duration.ofNanos(half), skew);
        }
    }

    @Nullable
    Reading reading() {
        return reading;
    }

    @Override
    public Instant instant() {
        Reading last = reading;
        return last == null ? node.instant() : last.time.plusNanos(System.nanoTime() - last.nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(getZone()) ? this : node.withZone(zone);
    }
}
