package camelbell.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts in a contender's database. */
public final class Rows {

    private Rows() {}

    /** A connection to it, the caller's to close. */
    public static Connection connect(Map<String, String> properties) throws SQLException {
        return DriverManager.getConnection(
                properties.get("spring.datasource.url"),
                properties.get("spring.datasource.username"),
                properties.get("spring.datasource.password"));
    }

    /** One number. */
    public static long count(Map<String, String> properties, String sql) throws SQLException {
        try (Connection db = connect(properties);
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** One text. */
    public static String text(Map<String, String> properties, String sql) throws SQLException {
        try (Connection db = connect(properties);
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Has the embedded server wait for the disk and write whole pages from now on, as a server does that outlives its machine. */
    public static void makeDurable(Map<String, String> properties) throws SQLException {
        try (Connection db = connect(properties);
                Statement statement = db.createStatement()) {
            statement.execute("ALTER SYSTEM SET fsync = on");
            statement.execute("ALTER SYSTEM SET full_page_writes = on");
            statement.execute("SELECT pg_reload_conf()");
            statement.execute("CHECKPOINT");
        }
    }

    /** Until it is that many, or more; looks twenty times a second. */
    public static void await(Map<String, String> properties, String sql, long wanted)
            throws SQLException, InterruptedException {
        while (count(properties, sql) < wanted) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
