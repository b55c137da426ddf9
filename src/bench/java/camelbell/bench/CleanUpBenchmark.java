package camelbell.bench;

import camelbell.identity.TokenMinter;
import camelbell.it.Stack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What clients of REST feel of retention: a steady load of lists, unread ones and counts before, while and after many
 * notifications are forgotten, by one hub after the other on the same tables.
 *
 * <p>Arguments: [millions of rows that are old, 10] [requests a second, 300] [share of its time that retention works, 0.2]
 * [seconds of a line, 20].
 */
public final class CleanUpBenchmark {

    private static final List<String> PATHS = List.of("", "unread/", "unread_count/");
    private static final int CLIENTS = 8;
    private static final int YOUNG = 2; // millions of rows that stay
    private static final int QUIET_LINES = 4;

    private final Map<String, String> properties;
    private final RestRows rows;
    private final int perSecond;
    private final int seconds;
    private final long people;
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();

    private CleanUpBenchmark(Map<String, String> properties, RestRows rows, int perSecond, int seconds)
            throws Exception {
        this.properties = properties;
        this.rows = rows;
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.people = rows.number("SELECT count(*) FROM person WHERE id >= " + RestRows.FIRST);
    }

    public static void main(String[] args) throws Exception {
        int old = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : 300;
        String share = args.length > 2 ? args[2] : "0.2";
        int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        System.out.println(Machine.line());
        Map<String, String> properties = Stack.properties();
        properties.putAll(Stack.freshDatabase());
        try (Connection database = Rows.connect(properties)) {
            RestRows rows = new RestRows(database);
            RestHub.start(properties).close(); // which migrates it
            System.out.println(rows.add((old + YOUNG) * 1_000_000, 1, 100_000) + " rows; " + perSecond + " requests/s");
            CleanUpBenchmark benchmark = new CleanUpBenchmark(properties, rows, perSecond, seconds);
            // rows are a second apart from the beginning of 2020 on
            long kept = Duration.between(
                            Instant.parse("2020-01-01T00:00:00Z").plusSeconds(old * 1_000_000L), Instant.now())
                    .toSeconds();
            double before = benchmark.quiet("before");
            double during = benchmark.cleaning(kept, old * 1_000_000L - 1, share);
            double after = benchmark.quiet("after");
            System.out.printf(
                    Locale.ROOT,
                    "p99: %.2f of before while it works, %.2f afterwards%n",
                    during / before,
                    after / before);
        }
        System.exit(0);
    }

    private double quiet(String when) throws Exception {
        try (RestHub hub = RestHub.start(properties)) {
            load(hub);
            head(when);
            double p99 = 0;
            for (int line = 0; line < QUIET_LINES; line++) {
                p99 += line(hub) / QUIET_LINES;
            }
            return p99;
        }
    }

    private double cleaning(long kept, long oldest, String share) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(properties);
        settings.put("camelbell.retention.notifications", kept + "s");
        settings.put("camelbell.retention.every-ms", "60000"); // so that the hub is warm when it begins
        settings.put("camelbell.retention.share", share);
        try (RestHub hub = RestHub.start(settings)) {
            while (rows.number("SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'notification_log'") == 0) {
                load(hub);
            }
            long begun = System.nanoTime();
            head("while old ones are forgotten");
            double p99 = 0;
            int lines = 0;
            while (rows.number("SELECT min(id) FROM notification_log") < oldest) {
                p99 += line(hub);
                lines++;
            }
            System.out.printf(Locale.ROOT, "%.0f s%n", (System.nanoTime() - begun) / 1e9);
            return p99 / lines;
        }
    }

    private static void head(String when) {
        System.out.printf(
                "%-32s %10s %12s %12s %9s %9s%n", when, "requests/s", "forgotten", "dead rows", "p50 ms", "p99 ms");
    }

    private double line(RestHub hub) throws Exception {
        RestLoad.Result result = load(hub);
        System.out.printf(
                Locale.ROOT,
                "%-32s %10.0f %12d %12d %9.2f %9.2f%n",
                "",
                result.perSecond(),
                rows.number("SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'notification_log'"),
                rows.number("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'notification_log'"),
                result.p50(),
                result.p99());
        return result.p99();
    }

    private RestLoad.Result load(RestHub hub) throws Exception {
        return RestLoad.run(hub.port(), CLIENTS, seconds, perSecond, this::request);
    }

    private byte[] request() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long user = RestRows.FIRST + random.nextLong(people);
        String token = tokens.computeIfAbsent(
                user,
                id -> TokenMinter.mint(Stack.jwtSecret(), id, Instant.now().minusSeconds(5), Duration.ofHours(5)));
        return ("GET /api/notifications/" + PATHS.get(random.nextInt(PATHS.size()))
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
