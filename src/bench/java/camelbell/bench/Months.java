package camelbell.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * The same rows with {@code notification_log} in partitions by time, in a schema of their own, and the hub's statements said to both: what
 * a table in so many partitions would cost whoever asks for a page. No row is written but marks.
 */
final class Months {

    private static final int CLIENTS = 8;

    private final RestRows rows;
    private final PgBench pgbench;
    private final int seconds;

    Months(RestRows rows, PgBench pgbench, int seconds) {
        this.rows = rows;
        this.pgbench = pgbench;
        this.seconds = seconds;
    }

    /** In so many partitions, which share the rows evenly. */
    void compare(List<RestWork> works, int partitions, List<Long> people) throws Exception {
        String schema = "months_" + partitions;
        make(schema, partitions);
        PgBench parted = pgbench.in(schema);
        System.out.printf(
                Locale.ROOT,
                "%n%-28s %-12s %12s %12s %6s %9s %9s  (pgbench, %d clients)%n",
                "in " + partitions + " partitions",
                "of person",
                "one table/s",
                "parted/s",
                "ratio",
                "p99 ms",
                "parted",
                CLIENTS);
        for (RestWork work : works) {
            for (long person : work.marks() ? List.<Long>of(-1L) : people) {
                String script = (work.marks()
                                ? "\\set k random(0, 9999)\nSELECT id, recipient AS user FROM bench_unread WHERE k = :k \\gset\n"
                                : "\\set user " + person + "\n")
                        + work.script();
                RestLoad.Result one = pgbench.run(script, CLIENTS, seconds);
                RestLoad.Result many = parted.run(script, CLIENTS, seconds);
                System.out.printf(
                        Locale.ROOT,
                        "%-28s %-12s %12.0f %12.0f %6.2f %9.2f %9.2f%n",
                        work.name(),
                        person < 0 ? "any" : String.valueOf(person),
                        one.perSecond(),
                        many.perSecond(),
                        many.perSecond() / one.perSecond(),
                        one.p99(),
                        many.p99());
            }
        }
        rows.execute("DROP SCHEMA " + schema + " CASCADE");
    }

    private void make(String schema, int partitions) throws SQLException {
        rows.execute("CREATE SCHEMA " + schema);
        rows.execute("CREATE TABLE " + schema
                + ".notification_log (LIKE public.notification_log) PARTITION BY RANGE (created_at)");
        for (int number = 0; number < partitions; number++) {
            rows.execute(
                    "CREATE TABLE %1$s.p%2$d PARTITION OF %1$s.notification_log FOR VALUES FROM (%3$s) TO (%4$s) WITH (fillfactor = 70)"
                            .formatted(schema, number, bound(number, partitions), bound(number + 1, partitions)));
        }
        rows.execute("INSERT INTO " + schema + ".notification_log SELECT * FROM public.notification_log");
        rows.execute("ALTER TABLE " + schema + ".notification_log ADD PRIMARY KEY (id, created_at)");
        for (String index : rows.texts("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
                + " AND tablename = 'notification_log' AND indexdef NOT LIKE '%UNIQUE%'")) {
            rows.execute(index.replace(" ON public.", " ON " + schema + "."));
        }
        rows.execute("VACUUM (ANALYZE) " + schema + ".notification_log");
    }

    private String bound(int number, int partitions) throws SQLException {
        if (number == 0) {
            return "MINVALUE";
        }
        if (number == partitions) {
            return "MAXVALUE";
        }
        return "'"
                + rows.texts("SELECT min(created_at) + (max(created_at) - min(created_at)) * " + number + " / "
                                + partitions + " FROM public.notification_log")
                        .get(0)
                + "'";
    }
}
