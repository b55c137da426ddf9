package camelbell.runtime.database;

import camelbell.model.Budget;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The hub's connections to its database: a pool for each {@link Budget}, so that whoever waits for a connection waits for
 * his own kind alone. A thread that nobody has given a kind counts as {@link Budget#WORK}; the log says so once, since it
 * is an entry that was forgotten.
 */
final class DatabaseConnections extends AbstractDataSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnections.class);

    /** The thread that starts the hub. */
    private static final String STARTER = "main";

    private final Map<Budget, HikariDataSource> pools = new EnumMap<>(Budget.class);
    private final Set<String> unkinded = ConcurrentHashMap.newKeySet();

    DatabaseConnections(Function<Budget, HikariDataSource> pool) {
        for (Budget budget : Budget.values()) {
            pools.put(budget, pool.apply(budget));
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool().getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return pool().getConnection(username, password);
    }

    private HikariDataSource pool() {
        Budget budget = Budget.current();
        if (budget == null) {
            budget = Budget.WORK;
            String thread = Thread.currentThread().getName();
            if (!thread.equals(STARTER) && unkinded.add(thread.replaceAll("[0-9]+", "#"))) {
                LOG.warn("database asked by a thread of no kind thread={}: counted as WORK; report this", thread);
            }
        }
        return pool(budget);
    }

    HikariDataSource pool(Budget budget) {
        HikariDataSource pool = pools.get(budget);
        if (pool == null) {
            throw new IllegalStateException("No pool of " + budget);
        }
        return pool;
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
