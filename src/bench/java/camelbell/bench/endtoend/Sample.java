package camelbell.bench.endtoend;

import camelbell.bench.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One look at a hub under load and at its database: what must be at the end as it was at the beginning. Linux only.
 *
 * @param second since the load began
 * @param p50 of the mails since the look before, from posted to taken by the relay, ms
 * @param waiting mails and messages that were posted and not sent yet
 * @param cpu of the hub for an event since the look before, ms
 * @param heap in use after the last pause of the collector, MiB
 * @param resident memory of the process, MiB
 * @param connections of the hub to its database
 * @param dead rows of all tables that no vacuum has taken yet, as PostgreSQL estimates them
 * @param work size of the tables whose rows go again (deliveries, status reports), with indexes, MiB
 */
record Sample(
        int second,
        long p50,
        long p99,
        long longest,
        long waiting,
        double cpu,
        long heap,
        long resident,
        long threads,
        long descriptors,
        long connections,
        long dead,
        double work) {

    private static final Pattern AFTER_PAUSE = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(\\d+M\\)");
    private static final String WORK_TABLES =
            "SELECT sum(pg_total_relation_size(relid)) / 1024 FROM pg_stat_user_tables WHERE relname IN ('delivery', 'status_outbox')";

    /** What is seen over time, each with its name and unit; in the order in which it is printed. */
    record Curve(String name, ToDoubleFunction<Sample> value) {}

    static final List<Curve> CURVES = List.of(
            new Curve("mail p50, ms", Sample::p50),
            new Curve("mail p99, ms", Sample::p99),
            new Curve("not sent yet", Sample::waiting),
            new Curve("cpu an event, ms", Sample::cpu),
            new Curve("heap after a pause, MiB", Sample::heap),
            new Curve("resident, MiB", Sample::resident),
            new Curve("threads", Sample::threads),
            new Curve("descriptors", Sample::descriptors),
            new Curve("connections", Sample::connections),
            new Curve("dead rows", Sample::dead),
            new Curve("work tables, MiB", Sample::work));

    /** Looks now. */
    static Sample take(
            int second,
            Providers.Seen seen,
            long waiting,
            double cpu,
            long pid,
            Path collections,
            Map<String, String> properties)
            throws IOException, SQLException {
        Path process = Path.of("/proc", String.valueOf(pid));
        return new Sample(
                second,
                seen.p50(),
                seen.p99(),
                seen.longest(),
                waiting,
                cpu,
                afterPause(collections),
                status(process, "VmRSS") / 1024,
                status(process, "Threads"),
                entries(process.resolve("fd")),
                Rows.count(
                        properties,
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"),
                Rows.count(properties, "SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_user_tables"),
                Rows.count(properties, WORK_TABLES) / 1024.0);
    }

    static String head() {
        return "%8s %7s %7s %8s %8s %8s %6s %6s %8s %6s %6s %9s %8s"
                .formatted(
                        "until s",
                        "p50",
                        "p99",
                        "longest",
                        "waiting",
                        "cpu ms/e",
                        "heap",
                        "RSS",
                        "threads",
                        "fds",
                        "conns",
                        "dead rows",
                        "work MiB");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%8d %7d %7d %8d %8d %8.2f %6d %6d %8d %6d %6d %9d %8.1f",
                second,
                p50,
                p99,
                longest,
                waiting,
                cpu,
                heap,
                resident,
                threads,
                descriptors,
                connections,
                dead,
                work);
    }

    private static long afterPause(Path collections) throws IOException {
        try (Stream<String> lines = Files.lines(collections)) {
            return lines.map(AFTER_PAUSE::matcher)
                    .filter(Matcher::find)
                    .mapToLong(pause -> Long.parseLong(pause.group(1)))
                    .reduce(0, (before, last) -> last);
        }
    }

    private static long status(Path process, String name) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
