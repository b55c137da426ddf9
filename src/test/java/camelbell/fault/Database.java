package camelbell.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hub's tables, read past the hub and past its proxy, each time on a connection of its own. */
final class Database {

    private final Map<String, String> settings;

    Database(Map<String, String> settings) {
        this.settings = settings;
    }

    /** One row as its columns' texts; a null is the text {@code null}. */
    List<List<String>> rows(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet found = statement.executeQuery()) {
            List<List<String>> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    long count(String sql) {
        return Long.parseLong(rows(sql).get(0).get(0));
    }

    void execute(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    /** Parts of events whose recipients are still to be recorded; hubs of old have none. */
    long slices() {
        boolean known = count("SELECT count(*) FROM pg_class WHERE relname = 'event_slice'") > 0;
        return known ? count("SELECT count(*) FROM event_slice WHERE refused IS NULL") : 0;
    }

    /** Whether the hub has made its tables. */
    boolean isBuilt() {
        return count("SELECT count(*) FROM pg_class WHERE relname = 'delivery'") > 0;
    }

    void awaitBuilt() {
        Wait.until("the hub has made its tables", Duration.ofSeconds(90), this::isBuilt);
    }

    /** Attempts over this channel that may have arrived, as far as the hub has noted it. */
    long unanswered(String channel) {
        return count("SELECT count(*) FROM attempt a JOIN notification_log l ON l.id = a.notification_id"
                + " WHERE a.reason LIKE '%NO ANSWER' AND l.channel = '" + channel + "'");
    }

    /** Deliveries in the hands of a node now: as many may come twice when it is killed. */
    long claimed(String channel) {
        return count("SELECT count(*) FROM delivery WHERE leased_by IS NOT NULL AND channel = '" + channel + "'");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                settings.getOrDefault("spring.datasource.url", ""),
                settings.get("spring.datasource.username"),
                settings.get("spring.datasource.password"));
    }
}
