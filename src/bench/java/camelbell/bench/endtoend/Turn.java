package camelbell.bench.endtoend;

import camelbell.bench.Cpu;
import camelbell.bench.Rows;
import camelbell.bench.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One contender's turn: everything is posted at once, and it is done when all of it is sent and settled. */
final class Turn {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(20);

    private static final String WRITTEN_AHEAD = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";
    private static final String KEPT =
            """
            SELECT string_agg(format('%%s %%s + %%s', relname, pg_table_size(relid) / %1$d, pg_indexes_size(relid) / %1$d), ', ' ORDER BY relname)
                   || ' bytes of rows and of indexes'
            FROM pg_stat_user_tables WHERE relname IN ('ticket_event', 'notification_log', 'attempt', 'provider_message')
            """;

    private final Options options;

    Turn(Options options) {
        this.options = options;
    }

    /**
     * How it went.
     *
     * @param first events a second, of the first ones
     * @param later the same of the others, until all is settled
     * @param cpuFirst milliseconds of the contender's process for each of the first ones
     * @param around milliseconds of providers, database and of broker with load client, for each event
     * @param wrong what was lost or doubled; empty as it has to be
     */
    record Result(double first, double later, double cpuFirst, double cpuLater, double[] around, List<String> wrong) {}

    Result run(Contender contender, String name) throws Exception {
        try (Providers providers = new Providers(name, options.mailMillis(), options.whatsappMillis());
                Contender.Running running = contender.start(name, options, providers);
                Upstream upstream = new Upstream(running.properties())) {
            people(contender, running, upstream);
            try (@Nullable
                    Sockets sockets = contender.isHub() ? new Sockets(running.port(), options.sockets()) : null) {
                return measure(running, providers, upstream, sockets);
            }
        }
    }

    /** A hub reads them from their topic; the loop knows them. */
    static void people(Contender contender, Contender.Running running, Upstream upstream) throws Exception {
        if (contender.isHub()) {
            List<byte[]> users = Load.users();
            for (int i = 0; i < users.size(); i++) {
                upstream.post("users", String.valueOf(i + 1), users.get(i));
            }
            upstream.flush();
            Rows.await(running.properties(), "SELECT count(*) FROM person", users.size());
        }
    }

    private Result measure(Contender.Running running, Providers providers, Upstream upstream, @Nullable Sockets sockets)
            throws Exception {
        long pid = running.process().pid();
        double[] around = around(providers, running.properties());
        long log = Rows.count(running.properties(), WRITTEN_AHEAD);
        double cpu = Cpu.millis(pid);
        long begun = System.nanoTime();
        for (int event = 0; event < options.events(); event++) {
            upstream.post("ticket-events", String.valueOf(Load.ticket(event)), Load.event(event));
        }
        upstream.flush();
        awaitSent(providers, options.first(), begun);
        double first = seconds(begun);
        double cpuFirst = Cpu.millis(pid) - cpu;
        awaitSent(providers, options.events(), begun);
        Rows.await(running.properties(), "SELECT CASE WHEN EXISTS (SELECT FROM delivery) THEN 0 ELSE 1 END", 1);
        double all = seconds(begun);
        double cpuAll = Cpu.millis(pid) - cpu;
        double[] used = around(providers, running.properties());
        if (running.management() > 0) {
            System.out.println("  an event: " + bytes(running.properties(), providers.seen(), log));
            System.out.printf(Locale.ROOT, "  claimed and given back unsent: %.0f%n", notBegun(running.management()));
        }
        for (int i = 0; i < used.length; i++) {
            used[i] = (used[i] - around[i]) / options.events();
        }
        int later = options.events() - options.first();
        return new Result(
                options.first() / first,
                later / (all - first),
                cpuFirst / options.first(),
                (cpuAll - cpuFirst) / later,
                used,
                wrong(running.properties(), providers, sockets, options.events(), options.sockets()));
    }

    /** What an event leaves behind, and what goes over the wire for it. */
    private String bytes(Map<String, String> properties, Providers.Seen seen, long logBefore) throws Exception {
        return String.format(
                Locale.ROOT,
                "%.0f bytes of write-ahead log, %s; in the broker %d of the event, %d of its statuses; sent %d of mails, %d of messages",
                (double) (Rows.count(properties, WRITTEN_AHEAD) - logBefore) / options.events(),
                Rows.text(properties, KEPT.formatted(options.events())),
                Upstream.kept(properties, "ticket-events") / options.events(),
                Upstream.kept(properties, "status") / options.events(),
                seen.mailBytes() / options.events(),
                seen.messageBytes() / options.events());
    }

    /** Attempts for nothing, of the metric {@code camelbell.delivery.attempts}. */
    private static double notBegun(int managementPort) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + managementPort + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofLines())
                .body()
                .filter(line ->
                        line.startsWith("camelbell_delivery_attempts_total{") && line.contains("outcome=\"not_begun\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double[] around(Providers providers, Map<String, String> properties) throws SQLException {
        return new double[] {
            Cpu.millis(providers.pid()),
            Cpu.database(properties),
            Cpu.millis(ProcessHandle.current().pid())
        };
    }

    private static void awaitSent(Providers providers, int events, long begun) throws Exception {
        while (providers.count() < (long) events * Load.SENDS_PER_EVENT) {
            if (System.nanoTime() - begun > PATIENCE) {
                throw new IllegalStateException("of " + events + " events there are " + providers.count()
                        + " mails and messages after twenty minutes; the logs are in target/bench");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** What is missing, and what there is too much of. */
    static List<String> wrong(
            Map<String, String> properties, Providers providers, @Nullable Sockets sockets, int events, int open)
            throws Exception {
        List<String> wrong = new ArrayList<>();
        long sends = (long) events * Load.SENDS_PER_EVENT / 2;
        if (sockets != null && open == Load.PEOPLE) {
            boolean unused = sockets.await((long) events * Load.FRAMES_PER_EVENT);
            differ(wrong, "frames", sockets.frames(), (long) events * Load.FRAMES_PER_EVENT);
            differ(wrong, "frames out of turn", sockets.outOfTurn(), 0);
        }
        Providers.Seen seen = providers.seen();
        differ(wrong, "mails", seen.mails(), sends);
        differ(wrong, "different mails", seen.differentMails(), sends);
        differ(wrong, "messages", seen.messages(), sends);
        differ(wrong, "different messages", seen.differentMessages(), sends);
        differ(wrong, "events", Rows.count(properties, "SELECT count(*) FROM ticket_event"), events);
        differ(
                wrong,
                "notifications that are SENT",
                Rows.count(properties, "SELECT count(*) FROM notification_log WHERE status = 'SENT'"),
                (long) events * (Load.SENDS_PER_EVENT + Load.FRAMES_PER_EVENT));
        differ(wrong, "deliveries left", Rows.count(properties, "SELECT count(*) FROM delivery"), 0);
        return wrong;
    }

    private static void differ(List<String> wrong, String what, long found, long wanted) {
        if (found != wanted) {
            wrong.add(what + ": " + found + " instead of " + wanted);
        }
    }
}
