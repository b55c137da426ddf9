package camelbell.bench.endtoend;

import camelbell.bench.Cpu;
import camelbell.bench.Machine;
import camelbell.bench.Rows;
import camelbell.bench.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A hub at a rate that does not end: how late its mails are, and whether anything of it or of its database grows. */
final class HeldRate {

    private static final int WINDOW = 30; // seconds
    private static final int TICKS = 50; // a second
    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final int EARLY = 300; // seconds, after which what grows is beside what is compiled

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
                "%s: %d events/s for %d s; mails from posted to taken, ms%n%s%n",
                name,
                options.rate(),
                options.held(),
                Sample.head());
        long pid = running.process().pid();
        List<Sample> samples = new ArrayList<>();
        int events = 0;
        long begun = System.nanoTime();
        double cpu = Cpu.millis(pid);
        int before = 0;
        String early = "";
        for (int tick = 1; tick <= options.held() * TICKS; tick++) {
            for (;
                    events < (long) tick * options.rate() / TICKS / Load.EVENTS_PER_TICKET * Load.EVENTS_PER_TICKET;
                    events++) {
                upstream.post("ticket-events", String.valueOf(Load.ticket(events)), Load.event(events));
            }
            long due = begun + tick * TimeUnit.SECONDS.toNanos(1) / TICKS;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            if (tick % (WINDOW * TICKS) == 0 || tick == options.held() * TICKS) {
                double used = Cpu.millis(pid);
                Providers.Seen seen = providers.seen();
                Sample sample = Sample.take(
                        tick / TICKS,
                        seen,
                        (long) events * Load.SENDS_PER_EVENT - seen.mails() - seen.messages(),
                        (used - cpu) / (events - before),
                        pid,
                        collections(name),
                        running.properties());
                System.out.println(sample.line());
                samples.add(sample);
                cpu = used;
                before = events;
            }
            if (tick == EARLY * TICKS) {
                early = ", at minute five " + live(pid);
            }
        }
        String live = live(pid);
        long left = System.nanoTime();
        while (providers.count() < (long) events * Load.SENDS_PER_EVENT
                && System.nanoTime() - left < TimeUnit.MINUTES.toNanos(10)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        System.out.printf(Locale.ROOT, "all sent %.1f s after the last was posted%n", (System.nanoTime() - left) / 1e9);
        Rows.await(running.properties(), "SELECT CASE WHEN EXISTS (SELECT FROM delivery) THEN 0 ELSE 1 END", 1);
        System.out.printf(
                "heap right after a full collection under load: %s at the end%s; most after any pause %d MiB%n",
                live, early, samples.stream().mapToLong(Sample::heap).max().orElse(0));
        compare(samples);
        Path picture = Path.of("target", "bench", name + ".svg");
        Picture.draw(picture, name + ", " + options.rate() + " events/s. " + Machine.line(), samples);
        System.out.println("curves: " + picture);
        List<String> wrong = Turn.wrong(running.properties(), providers, sockets, events, options.sockets());
        System.out.println(wrong.isEmpty() ? "nothing lost or doubled" : "WRONG: " + wrong);
    }

    /** The last two minutes beside those around minute five, where a hub is warm. */
    private void compare(List<Sample> samples) {
        List<Sample> early = between(samples, EARLY - 60, EARLY + 60);
        List<Sample> late = between(samples, options.held() - 120, options.held());
        if (options.held() < 2 * EARLY) {
            return;
        }
        System.out.printf(Locale.ROOT, "%-26s %12s %12s %6s%n", "means of", "minute five", "the end", "ratio");
        for (Sample.Curve curve : Sample.CURVES) {
            double first = mean(early, curve);
            double last = mean(late, curve);
            System.out.printf(Locale.ROOT, "%-26s %12.1f %12.1f %6.2f%n", curve.name(), first, last, last / first);
        }
    }

    private static List<Sample> between(List<Sample> samples, int after, int until) {
        return samples.stream()
                .filter(sample -> sample.second() > after && sample.second() <= until)
                .toList();
    }

    private static double mean(List<Sample> samples, Sample.Curve curve) {
        return samples.stream().mapToDouble(curve.value()).average().orElse(0);
    }

    private static Path collections(String name) {
        return Path.of("target", "bench", name + "-gc.log");
    }

    /** All generations, as the JVM says it; MiB. */
    private static String live(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        return GENERATION
                                .matcher(jcmd(pid, "GC.heap_info"))
                                .results()
                                .mapToLong(generation -> Long.parseLong(generation.group(1)))
                                .sum()
                        / 1024
                + " MiB";
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
}
