package camelbell.bench.endtoend;

import camelbell.bench.Cpu;
import camelbell.bench.Rows;
import camelbell.bench.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hub at a rate that does not end: how late its mails are, and how much of its memory is in use. */
final class HeldRate {

    private static final int WINDOW = 30; // seconds
    private static final int TICKS = 50; // a second
    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private final Options options;

    HeldRate(Options options) {
        this.options = options;
    }

    void run(Contender contender, String name) throws Exception {
        try (Providers providers = new Providers(name, options.mailMillis(), options.whatsappMillis());
                Contender.Running running = contender.start(name, options, providers);
                Upstream upstream = new Upstream(running.properties())) {
            Turn.people(contender, running, upstream);
            try (Sockets sockets = new Sockets(running.port(), options.sockets())) {
                hold(name, running, providers, upstream, sockets);
            }
        }
    }

    private void hold(String name, Contender.Running running, Providers providers, Upstream upstream, Sockets sockets)
            throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s: %d events/s for %d s; mails from posted to taken, ms%n%9s %9s %9s %9s %9s %9s%n",
                name,
                options.rate(),
                options.held(),
                "until s",
                "p50",
                "p99",
                "longest",
                "waiting",
                "cpu ms/e");
        int events = 0;
        long begun = System.nanoTime();
        double cpu = Cpu.millis(running.process().pid());
        int before = 0;
        for (int tick = 1; tick <= options.held() * TICKS; tick++) {
            for (;
                    events < (long) tick * options.rate() / TICKS / Load.EVENTS_PER_TICKET * Load.EVENTS_PER_TICKET;
                    events++) {
                upstream.post("ticket-events", String.valueOf(Load.ticket(events)), Load.event(events));
            }
            long due = begun + tick * TimeUnit.SECONDS.toNanos(1) / TICKS;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            if (tick % (WINDOW * TICKS) == 0 || tick == options.held() * TICKS) {
                double used = Cpu.millis(running.process().pid());
                line(tick / TICKS, providers.seen(), events, (used - cpu) / (events - before));
                cpu = used;
                before = events;
            }
        }
        String live = live(running.process().pid());
        long left = System.nanoTime();
        while (providers.count() < (long) events * Load.SENDS_PER_EVENT
                && System.nanoTime() - left < TimeUnit.MINUTES.toNanos(10)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        System.out.printf(Locale.ROOT, "all sent %.1f s after the last was posted%n", (System.nanoTime() - left) / 1e9);
        Rows.await(running.properties(), "SELECT CASE WHEN EXISTS (SELECT FROM delivery) THEN 0 ELSE 1 END", 1);
        System.out.printf(
                "heap: %s right after a full collection under load; most after any pause %d MiB%n",
                live, mostAfterPauses(name));
        List<String> wrong = Turn.wrong(running.properties(), providers, sockets, events, options.sockets());
        System.out.println(wrong.isEmpty() ? "nothing lost or doubled" : "WRONG: " + wrong);
    }

    private static void line(int second, Providers.Seen seen, int events, double cpu) {
        System.out.printf(
                Locale.ROOT,
                "%9d %9d %9d %9d %9d %9.2f%n",
                second,
                seen.p50(),
                seen.p99(),
                seen.longest(),
                (long) events * Load.SENDS_PER_EVENT - seen.mails() - seen.messages(),
                cpu);
    }

    /** As the JVM says it, such as {@code 61342K}. */
    private static String live(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = Pattern.compile("used (\\d+K)").matcher(jcmd(pid, "GC.heap_info"));
        return used.find() ? used.group(1) : "?";
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said;
    }

    private static long mostAfterPauses(String name) throws IOException {
        try (var lines = Files.lines(Path.of("target", "bench", name + "-gc.log"))) {
            return lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .mapToLong(pause -> Long.parseLong(pause.group(2)))
                    .max()
                    .orElse(0);
        }
    }
}
