package camelbell.bench;

import static org.awaitility.Awaitility.await;

import camelbell.identity.TokenMinter;
import camelbell.it.Stack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What clients ask over REST, beside pgbench with the statements that the hub was heard saying for it, in turn; in a table of
 * 200 thousand rows and one of two million, or more, for a person with 1,000 notifications, one with 100,000 and one with
 * 1,000,000. Prints requests/s, ratio, p99, processor time of the hub, and the plans.
 *
 * <p>Arguments: [seconds a measurement, 10] [rows of the last table in millions, 2; 0: the small one alone]. System properties:
 * {@code bench.only} names of requests, separated by spaces; {@code bench.jvm} options of the hub's JVM; {@code bench.classes}
 * see {@link RestHub}; {@code bench.warm-up} seconds; {@code bench.partitions} numbers of partitions, for {@link Months}.
 */
public final class RestBenchmark {

    private static final String LIST = "/api/notifications/";
    private static final int CLIENTS = 32;
    private static final int OF_ONE = 8; // as many as one person may have under way
    private static final int KNOWN = RestRows.FIRST + 7;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 5); // seconds for each kind
    private static final String ONLY = System.getProperty("bench.only", "");
    private static final int UNREAD = 100_000;
    private static final int[] MONTHS = Arrays.stream(
                    System.getProperty("bench.partitions", "").split(" ", -1))
            .filter(number -> !number.isBlank())
            .mapToInt(Integer::parseInt)
            .toArray();

    private final Map<String, String> properties;
    private final RestRows rows;
    private final PgBench pgbench;
    private final int seconds;
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();
    private long[][] unread = {};

    private RestBenchmark(Map<String, String> properties, Connection database, int seconds) {
        this.properties = properties;
        this.rows = new RestRows(database);
        this.seconds = seconds;
        this.pgbench = new PgBench(
                properties.getOrDefault("spring.datasource.url", ""),
                properties.getOrDefault("spring.datasource.username", ""));
    }

    public static void main(String[] args) throws Exception {
        Thread.currentThread().setUncaughtExceptionHandler((main, failure) -> {
            failure.printStackTrace();
            System.exit(1); // the servers' threads would go on
        });
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int millions = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        System.out.println(PgBench.version() + "; " + Machine.line());
        Map<String, String> properties = Stack.properties();
        properties.putAll(Stack.freshDatabase()); // the hub migrates it, whichever version it is
        for (String limit : List.of("per-user", "user-burst", "per-address", "address-burst")) {
            properties.put("camelbell.http.rate." + limit, "1000000");
        }
        System.out.println(
                "not as by default: camelbell.http.rate.*=1000000, -Xmx512m " + System.getProperty("bench.jvm", ""));
        try (Connection database = DriverManager.getConnection(
                properties.get("spring.datasource.url"),
                properties.get("spring.datasource.username"),
                properties.get("spring.datasource.password"))) {
            new RestBenchmark(properties, database, seconds).run(millions);
        }
        System.exit(0);
    }

    private void run(int millions) throws Exception {
        List<RestWork> works;
        Map<String, String> heard = new LinkedHashMap<>(properties);
        heard.computeIfPresent(
                "spring.datasource.url", (key, url) -> url + "?prepareThreshold=0"); // each text is said anew
        try (RestHub hub = RestHub.start(heard, "--logging.level.org.postgresql.core.v3=TRACE")) {
            System.out.println(rows.add(100_000, 1, 100_000) + " rows");
            works = works(hub);
        }
        works.removeIf(work -> !ONLY.isEmpty() && !List.of(ONLY.split(" ", -1)).contains(work.name()));
        works.forEach(work -> System.out.println("\n-- " + work.name() + "\n" + work.script()));
        try (RestHub hub = RestHub.start(properties)) {
            table(hub, works, List.of(1L));
            if (millions == 0) {
                return;
            }
            System.out.println(rows.add(900_000, 2, 1_000_000) + " rows");
            table(hub, works, List.of(1L, 2L));
            for (int partitions : MONTHS) {
                new Months(rows, pgbench, seconds).compare(works, partitions, List.of((long) KNOWN, 1L, 2L));
            }
            if (millions > 2) {
                System.out.println(rows.add((millions - 2) * 1_000_000, 3, 0) + " rows");
                table(hub, works, List.of(1L, 2L));
            }
        }
    }

    /** What each request has the hub say to the database, asked twice: the first time it may have to learn something. */
    private List<RestWork> works(RestHub hub) throws Exception {
        String middle = rows.texts(
                        "SELECT rtrim(translate(encode(convert_to('o' || (extract(epoch FROM created_at) * 1000000)::bigint"
                                + " || ':' || id, 'UTF8'), 'base64'), '+/', '-_'), '=') FROM notification_log WHERE recipient = "
                                + KNOWN
                                + " ORDER BY created_at LIMIT 1 OFFSET 500")
                .get(0);
        List<RestWork> works = new ArrayList<>();
        for (String path : List.of(
                "",
                "?page=last",
                "?notification_type=SYSTEM",
                "?is_read=true",
                "unread/",
                "?cursor=" + middle,
                "unread_count/")) {
            for (int time = 0; time < 2; time++) {
                RestLoad.once(hub.port(), request("GET", path, KNOWN));
            }
            String heard = hub.log();
            RestLoad.once(hub.port(), request("GET", path, KNOWN));
            works.add(RestWork.heard(
                    path.startsWith("?cursor") ? "?cursor=" : path.isEmpty() ? "list" : path,
                    path,
                    after(hub, heard),
                    KNOWN,
                    -1));
        }
        String mark = "";
        long id = -1;
        for (int time = 0; time < 2; time++) {
            id = rows.number("SELECT min(id) FROM notification_log WHERE read_at IS NULL AND recipient = " + KNOWN);
            mark = hub.log();
            RestLoad.once(hub.port(), request("POST", id + "/mark_as_read/", KNOWN));
        }
        works.add(RestWork.heard("mark_as_read", "", after(hub, mark), KNOWN, id));
        return works;
    }

    /** All that it has said since, which comes through a pipe: when nothing more comes, between two of its timers. */
    private static String after(RestHub hub, String before) {
        int[] said = {before.length()};
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            int now = hub.log().length();
            boolean over = now > before.length() && now == said[0];
            said[0] = now;
            return over;
        });
        return hub.log().substring(before.length());
    }

    private void table(RestHub hub, List<RestWork> works, List<Long> heavy) throws Exception {
        long people = rows.number("SELECT count(*) FROM person WHERE id >= " + RestRows.FIRST);
        LongSupplier anybody =
                () -> RestRows.FIRST + ThreadLocalRandom.current().nextLong(people);
        unread();
        for (RestWork work : works) {
            measureHub(hub, work, CLIENTS, anybody, WARM_UP);
        }
        System.out.printf(
                Locale.ROOT,
                "%-28s %-22s %9s %9s %6s %9s %9s %9s %12s%n",
                "request",
                "of",
                "hub/s",
                "pgbench/s",
                "ratio",
                "hub p50",
                "hub p99",
                "pgb p99",
                "hub CPU ms");
        for (RestWork work : works) {
            line(
                    hub,
                    work,
                    CLIENTS,
                    anybody,
                    "\\set user random(%d, %d)".formatted(RestRows.FIRST, RestRows.FIRST + people - 1),
                    "32 clients, 1,000");
            if (!work.marks()) {
                line(
                        hub,
                        work,
                        OF_ONE,
                        anybody,
                        "\\set user random(%d, %d)".formatted(RestRows.FIRST, RestRows.FIRST + people - 1),
                        "8 clients, 1,000");
                for (long person : heavy) {
                    line(
                            hub,
                            work,
                            OF_ONE,
                            () -> person,
                            "\\set user " + person,
                            "8 clients, " + (person == 1 ? "100,000" : "1,000,000"));
                }
            }
        }
        List<Long> explained = new ArrayList<>(List.of((long) KNOWN));
        explained.addAll(heavy);
        for (RestWork work : works) {
            plans(work, explained);
        }
    }

    private void line(RestHub hub, RestWork work, int clients, LongSupplier who, String user, String of)
            throws Exception {
        double cpu = hub.cpu();
        RestLoad.Result ours = measureHub(hub, work, clients, who, seconds);
        double perRequest = (hub.cpu() - cpu) * 1000 / (ours.perSecond() * seconds);
        String whom = work.marks()
                ? "\\set k random(" + unread.length / 2 + ", " + (unread.length - 1)
                        + ")\nSELECT id, recipient AS user FROM bench_unread WHERE k = :k \\gset"
                : user;
        RestLoad.Result theirs = pgbench.run(whom + "\n" + work.script(), clients, seconds);
        System.out.printf(
                Locale.ROOT,
                "%-28s %-22s %9.0f %9.0f %6.2f %9.2f %9.2f %9.2f %12.3f%n",
                work.name(),
                of,
                ours.perSecond(),
                theirs.perSecond(),
                ours.perSecond() / theirs.perSecond(),
                ours.p50(),
                ours.p99(),
                theirs.p99(),
                perRequest);
    }

    private RestLoad.Result measureHub(RestHub hub, RestWork work, int clients, LongSupplier who, int time)
            throws Exception {
        Supplier<byte[]> requests = work.marks()
                ? () -> {
                    long[] one = unread[ThreadLocalRandom.current().nextInt(unread.length / 2)];
                    return request("POST", one[0] + "/mark_as_read/", one[1]);
                }
                : () -> request("GET", work.path(), who.getAsLong());
        return RestLoad.run(hub.port(), clients, time, requests);
    }

    /** Unread ones to be marked: the first half by the hub, the second by pgbench. */
    private void unread() throws Exception {
        rows.execute("DROP TABLE IF EXISTS bench_unread");
        rows.execute("CREATE TABLE bench_unread AS SELECT (row_number() OVER () - 1)::int AS k, id, recipient FROM ("
                + "SELECT id, recipient FROM notification_log WHERE read_at IS NULL AND recipient >= " + RestRows.FIRST
                + " ORDER BY random() LIMIT " + UNREAD + ") u");
        rows.execute("ALTER TABLE bench_unread ADD PRIMARY KEY (k)");
        unread = rows.texts("SELECT id || ' ' || recipient FROM bench_unread ORDER BY k").stream()
                .map(line ->
                        new long[] {Long.parseLong(line.split(" ", -1)[0]), Long.parseLong(line.split(" ", -1)[1])})
                .toArray(long[][]::new);
    }

    private byte[] request(String method, String path, long user) {
        String token = tokens.computeIfAbsent(
                user,
                id -> TokenMinter.mint(Stack.jwtSecret(), id, Instant.now().minusSeconds(5), Duration.ofHours(5)));
        return (method + " " + LIST + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                        + (method.equals("POST") ? "\r\nContent-Length: 0" : "") + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** As the hub's connections have them after a while: made for no value in particular. Pages for each person, the plan of the last. */
    private void plans(RestWork work, List<Long> people) throws Exception {
        rows.execute("SET plan_cache_mode = force_generic_plan");
        System.out.println("\n-- plans of " + LIST + work.name());
        for (String statement : work.statements()) {
            if (!statement.matches("(SELECT|WITH|UPDATE|INSERT|DELETE)\\b.*")) {
                continue;
            }
            rows.execute("DEALLOCATE ALL");
            rows.execute("PREPARE plan (bigint, bigint) AS "
                    + statement.replace(":user", "$1").replace(":id", "$2"));
            for (long person : people) {
                List<String> plan = explained(person, work.marks() ? unreadOf(person) : -1);
                System.out.println("pages for person " + person + ": "
                        + plan.stream()
                                .filter(line -> line.strip().startsWith("Buffers: "))
                                .findFirst()
                                .orElse("none"));
                if (person == people.get(people.size() - 1)) {
                    plan.forEach(System.out::println);
                }
            }
        }
        rows.execute("RESET plan_cache_mode");
    }

    /** What marks is taken back. */
    private List<String> explained(long person, long id) throws Exception {
        rows.execute("BEGIN");
        List<String> plan = rows.texts(
                "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) EXECUTE plan (" + person + ", " + id + ")");
        rows.execute("ROLLBACK");
        return plan;
    }

    private long unreadOf(long person) throws Exception {
        return rows.number(
                "SELECT coalesce(min(id), -1) FROM notification_log WHERE read_at IS NULL AND recipient = " + person);
    }
}
