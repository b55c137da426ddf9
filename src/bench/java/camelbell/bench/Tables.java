package camelbell.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The hub's tables as PostgreSQL counts them: size, dead rows, the share of updates that stayed on their page (HOT). */
final class Tables implements AutoCloseable {

    private static final String WORK =
            """
            SELECT pg_table_size(relid) / 1024, pg_indexes_size(relid) / 1024, n_live_tup, n_dead_tup, n_tup_upd,
                   n_tup_hot_upd, autovacuum_count
            FROM pg_stat_user_tables WHERE relname = 'delivery'
            """;

    private final Connection database;
    private long largest;
    private long settledBefore;
    private long updatesBefore;
    private long hotBefore;
    private double secondsBefore;

    Tables(Map<String, Object> properties) throws SQLException {
        database = DriverManager.getConnection(
                String.valueOf(properties.get("spring.datasource.url")),
                String.valueOf(properties.get("spring.datasource.username")),
                String.valueOf(properties.get("spring.datasource.password")));
    }

    void head() {
        System.out.printf(
                "%7s %9s %7s %10s %10s %9s %9s %9s %9s %6s %8s%n",
                "seconds",
                "settled",
                "/s",
                "table KiB",
                "index KiB",
                "live",
                "dead",
                "updates",
                "retries",
                "HOT %",
                "vacuums");
    }

    /**
     * One line on the work table.
     *
     * @param retries updates so far that postponed a delivery; all the others are claims. The HOT share is that of the
     *     updates since the line before
     */
    void line(double seconds, long settled, long retries) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(WORK)) {
            row.next();
            largest = Math.max(largest, row.getLong(1) + row.getLong(2));
            long updates = row.getLong(5);
            long hot = row.getLong(6);
            System.out.printf(
                    "%7.0f %9d %7.0f %10d %10d %9d %9d %9d %9d %6.1f %8d%n",
                    seconds,
                    settled,
                    (settled - settledBefore) / (seconds - secondsBefore),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    updates,
                    retries,
                    100.0 * (hot - hotBefore) / Math.max(1, updates - updatesBefore),
                    row.getLong(7));
            settledBefore = settled;
            secondsBefore = seconds;
            updatesBefore = updates;
            hotBefore = hot;
        }
    }

    /** Of the work table with its indexes, among the lines printed; in KiB. */
    long largest() {
        return largest;
    }

    void print(String when) throws SQLException {
        System.out.printf(
                "%-32s %10s %10s %9s %9s %9s %6s %8s  (%s)%n",
                "table", "table KiB", "index KiB", "live", "dead", "updates", "HOT %", "vacuums", when);
        rows(
                """
                SELECT format('%-32s %10s %10s %9s %9s %9s %6s %8s', relname, pg_table_size(relid) / 1024,
                              pg_indexes_size(relid) / 1024, n_live_tup, n_dead_tup, n_tup_upd,
                              coalesce(round(100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0), 1)::text, ''), autovacuum_count)
                FROM pg_stat_user_tables WHERE n_tup_ins > 0 ORDER BY pg_total_relation_size(relid) DESC
                """);
        rows(
                """
                SELECT format('  %-30s %21s', indexrelname, pg_relation_size(indexrelid) / 1024)
                FROM pg_stat_user_indexes WHERE relname IN ('delivery', 'notification_log') ORDER BY relname, indexrelname
                """);
    }

    private void rows(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                System.out.println(row.getString(1));
            }
        }
    }

    /** True once autovacuum has ended with the work table that was settled last. */
    boolean awaitAutovacuum(Duration atMost) throws SQLException, InterruptedException {
        long before = autovacuums();
        for (long second = 0; second < atMost.toSeconds(); second++) {
            if (autovacuums() > before) {
                return true;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return false;
    }

    private long autovacuums() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(WORK)) {
            row.next();
            return row.getLong(7);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
