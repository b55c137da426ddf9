package camelbell.bench;

import camelbell.CamelbellApplication;
import camelbell.bench.endtoend.Load;
import camelbell.bench.endtoend.Providers;
import camelbell.identity.TokenMinter;
import camelbell.it.Stack;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * A filled hub is upgraded and taken back while events flow and clients ask: the older hub alone, this one beside it (which
 * migrates the database), this one alone, the older one beside it again, on the newer schema, and alone. Prints what clients
 * waited in each part, and at the end whether anything was lost or doubled.
 *
 * <p>Arguments: JAR of the older hub [millions of rows that are there, 2] [events a second, 40] [requests a second, 100]
 * [seconds of a part, 60] [options of the hubs' JVMs].
 */
public final class UpgradeBenchmark {

    private static final Pattern LISTENING = Pattern.compile("listening port=(\\d+)");
    private static final Pattern UP = Pattern.compile("Started CamelbellApplication in (\\S+)");
    private static final String SOURCE = "urn:upgrade";
    private static final int CLIENTS = 16;
    private static final int TICKS = 20; // a second
    private static final List<String> PATHS = List.of("", "unread/", "unread_count/");
    private static final int MARKS = 10; // one request of so many marks one
    private static final int UNREAD = 20_000;

    private final Map<String, String> properties;
    private final List<String> jvm;
    private final RestRows rows;
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger marked = new AtomicInteger();
    private final long people;
    private final long[][] unread;

    private UpgradeBenchmark(Map<String, String> properties, List<String> jvm, RestRows rows) throws Exception {
        this.properties = properties;
        this.jvm = jvm;
        this.rows = rows;
        this.people = rows.number("SELECT count(*) FROM person WHERE id >= " + RestRows.FIRST);
        this.unread = rows
                .texts("SELECT id || ' ' || recipient FROM notification_log WHERE read_at IS NULL AND recipient >= "
                        + RestRows.FIRST + " ORDER BY hashint8(id) LIMIT " + UNREAD)
                .stream()
                .map(line ->
                        new long[] {Long.parseLong(line.split(" ", -1)[0]), Long.parseLong(line.split(" ", -1)[1])})
                .toArray(long[][]::new);
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.println(
                    "UpgradeBenchmark JAR-OF-THE-OLDER-HUB [millions of rows] [events/s] [requests/s] [seconds]");
            System.exit(2);
        }
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        int millions = argument(args, 1, 2);
        int events = argument(args, 2, 40);
        int requests = argument(args, 3, 100);
        int seconds = argument(args, 4, 60);
        List<String> jvm = new ArrayList<>(List.of(args).subList(Math.min(5, args.length), args.length));
        System.out.println(Machine.line());
        Map<String, String> properties = Stack.properties();
        properties.putAll(Stack.freshDatabase()); // the older hub makes its tables
        properties.remove("camelbell.health.exit");
        for (String limit : List.of("per-user", "user-burst", "per-address", "address-burst")) {
            properties.put("camelbell.http.rate." + limit, "1000000"); // all clients have one address
        }
        try (Providers providers = new Providers("upgrade", 0, 0);
                Connection database = Rows.connect(properties)) {
            properties.put("camelbell.mail.port", String.valueOf(providers.mailPort()));
            properties.put("camelbell.whatsapp.base-url", "http://localhost:" + providers.cloudApiPort());
            RestRows rows = new RestRows(database);
            Node.start("upgrade-tables", args[0], jvm, properties).close();
            System.out.println(rows.add(millions * 1_000_000 - 100_000, 1, 100_000) + " rows; " + events + " events/s, "
                    + requests + " requests/s, older hub " + Path.of(args[0]).getFileName());
            // the rows have numbers of their own
            rows.texts(
                    "SELECT setval(sequencename::regclass, 1000000000) FROM pg_sequences WHERE schemaname = 'public'");
            new UpgradeBenchmark(properties, jvm, rows).run(args[0], events, requests, seconds, providers);
        }
        System.exit(0);
    }

    private static int argument(String[] args, int at, int usual) {
        return args.length > at ? Integer.parseInt(args[at]) : usual;
    }

    /** A hub that serves. */
    private record Node(Child process, int port) implements AutoCloseable {

        /** @param jar empty: this checkout's classes */
        static Node start(String name, String jar, List<String> jvm, Map<String, String> properties)
                throws InterruptedException {
            List<String> command = Child.java(jvm, false, CamelbellApplication.class);
            if (!jar.isEmpty()) {
                command.subList(command.size() - 3, command.size()).clear(); // class path and main class
                command.addAll(List.of("-jar", jar));
            }
            Map<String, String> environment = new HashMap<>();
            properties.forEach((key, value) ->
                    environment.put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
            environment.put("CAMELBELL_NODE", name);
            Child process = new Child(name, command, environment);
            process.await(UP);
            return new Node(process, Integer.parseInt(process.await(LISTENING)));
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private void run(String older, int events, int requests, int seconds, Providers providers) throws Exception {
        System.out.printf("%-52s %9s %9s %9s %9s %9s%n", "", "requests", "moved", "p50 ms", "p99 ms", "longest");
        Node old = Node.start("upgrade-old", older, jvm, properties);
        try (Upstream upstream = new Upstream(properties)) {
            people(upstream);
            try (MovingLoad load = new MovingLoad(CLIENTS, requests, this::request);
                    Flow flow = new Flow(upstream, events)) {
                load.ports(List.of(old.port));
                part(load, "older alone, warming up", seconds);
                MovingLoad.Window before = part(load, "older alone", seconds);
                Node now = Node.start("upgrade-new", "", jvm, properties);
                compare(load, "this one starts beside it and migrates", before);
                load.ports(List.of(old.port, now.port));
                compare(part(load, "both", seconds), before);
                load.ports(List.of(now.port));
                old.close();
                compare(load, "older has stopped", before);
                compare(part(load, "this one alone", seconds), before);
                Node back = Node.start("upgrade-back", older, jvm, properties);
                compare(load, "older starts beside it, on the newer schema", before);
                load.ports(List.of(now.port, back.port));
                compare(part(load, "both", seconds), before);
                load.ports(List.of(back.port));
                now.close();
                compare(load, "this one has stopped", before);
                compare(part(load, "older alone again", seconds), before);
                int posted = flow.stop();
                Rows.await(properties, "SELECT count(*) FROM ticket_event WHERE source = '" + SOURCE + "'", posted);
                Rows.await(properties, "SELECT CASE WHEN EXISTS (SELECT FROM delivery) THEN 0 ELSE 1 END", 1);
                result(posted, load.failed(), providers.seen());
                back.close();
            }
        }
    }

    private void people(Upstream upstream) throws Exception {
        List<byte[]> users = Load.users();
        for (int i = 0; i < users.size(); i++) {
            upstream.post("users", String.valueOf(i + 1), users.get(i));
        }
        upstream.flush();
        Rows.await(properties, "SELECT count(*) FROM person WHERE id <= " + users.size(), users.size());
    }

    private static MovingLoad.Window part(MovingLoad load, String name, int seconds) throws InterruptedException {
        load.window();
        TimeUnit.SECONDS.sleep(seconds);
        return print(name, load.window());
    }

    private static void compare(MovingLoad load, String name, MovingLoad.Window before) {
        compare(print(name, load.window()), before);
    }

    private static void compare(MovingLoad.Window now, MovingLoad.Window before) {
        System.out.printf(Locale.ROOT, "%52s p99 %.2f of older alone%n", "", now.p99() / before.p99());
    }

    private static MovingLoad.Window print(String name, MovingLoad.Window window) {
        System.out.printf(
                Locale.ROOT,
                "%-52s %9d %9d %9.1f %9.1f %9.0f%n",
                name,
                window.requests(),
                window.moved(),
                window.p50(),
                window.p99(),
                window.longest());
        return window;
    }

    private void result(int posted, long failed, Providers.Seen seen) throws Exception {
        long sends = (long) posted * Load.SENDS_PER_EVENT / 2;
        long sent = rows.number("SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                + " WHERE e.source = '" + SOURCE + "' AND n.status = 'SENT'");
        long wrongCounts = rows.number(
                """
                SELECT count(*) FROM inbox i WHERE unread <> (SELECT count(*) FROM notification_log n
                    WHERE n.recipient = i.recipient AND n.channel = i.channel AND n.listed AND n.read_at IS NULL)
                """);
        System.out.printf(
                "%d events: %d mails (%d different) and %d messages (%d different) of %d each, %d of %d notifications SENT, %d inboxes"
                        + " with a wrong count, %d requests without an answer 200%n",
                posted,
                seen.mails(),
                seen.differentMails(),
                seen.messages(),
                seen.differentMessages(),
                sends,
                sent,
                (long) posted * (Load.SENDS_PER_EVENT + Load.FRAMES_PER_EVENT),
                wrongCounts,
                failed);
    }

    private byte[] request() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int next = random.nextInt(MARKS) == 0 ? marked.getAndIncrement() : unread.length;
        if (next < unread.length) {
            return request("POST", unread[next][0] + "/mark_as_read/", unread[next][1], "\r\nContent-Length: 0");
        }
        return request("GET", PATHS.get(random.nextInt(PATHS.size())), RestRows.FIRST + random.nextLong(people), "");
    }

    private byte[] request(String method, String path, long user, String header) {
        String token = tokens.computeIfAbsent(
                user,
                id -> TokenMinter.mint(Stack.jwtSecret(), id, Instant.now().minusSeconds(5), Duration.ofHours(5)));
        return (method + " /api/notifications/" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token + header + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Posts so many events a second until it is stopped. */
    private static final class Flow implements AutoCloseable {

        private final Upstream upstream;
        private final Thread thread;
        private volatile boolean over;
        private int events;

        Flow(Upstream upstream, int perSecond) {
            this.upstream = upstream;
            thread = new Thread(() -> post(perSecond), "events");
            thread.start();
        }

        private void post(int perSecond) {
            long begun = System.nanoTime();
            try {
                // whole tickets, whose four events mean as many people on average as Load says
                for (int tick = 1; !over || events % Load.EVENTS_PER_TICKET != 0; tick++) {
                    for (; events < (long) tick * perSecond / TICKS; events++) {
                        upstream.post("ticket-events", String.valueOf(Load.ticket(events)), Load.event(SOURCE, events));
                    }
                    TimeUnit.NANOSECONDS.sleep(begun + tick * TimeUnit.SECONDS.toNanos(1) / TICKS - System.nanoTime());
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        /** Answers how many there were. */
        int stop() throws InterruptedException {
            over = true;
            thread.join();
            upstream.flush();
            return events;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
