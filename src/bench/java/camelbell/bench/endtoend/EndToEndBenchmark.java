package camelbell.bench.endtoend;

import camelbell.bench.Machine;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Events from Kafka to both providers and to open sockets, everything settled: the hub beside the hand-written loop, and beside
 * other hubs where there are any, each in a process of its own, in turns in one run. The providers are doubles in another
 * process; broker, database and load client share the machine.
 */
public final class EndToEndBenchmark {

    private EndToEndBenchmark() {}

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
                .setLevel(Level.WARN); // of broker and migrations
        System.out.println(Machine.line());
        System.out.println("differs from the default: providers at localhost, ports; hubs: JVM "
                + (options.jvm().isEmpty() ? "as it is" : options.jvm()) + " by " + options.java() + ", settings "
                + options.settings() + "; this hub: " + (options.jar().isEmpty() ? "its classes" : options.jar())
                + (options.durable() ? "; PostgreSQL with fsync and full_page_writes after all" : ""));
        List<Contender> contenders = Contender.of(options);
        if (options.held() > 0) {
            for (Contender contender : contenders) {
                if (contender.isHub()) {
                    new HeldRate(options).run(contender, contender.name() + "-held");
                }
            }
        } else {
            rounds(options, contenders);
        }
        System.out.println(Machine.line());
        System.exit(0);
    }

    private static void rounds(Options options, List<Contender> contenders) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d events, the first %d by themselves; %d mails and messages and %d frames each%n%-24s %9s %9s %9s %9s %26s%n",
                options.events(),
                options.first(),
                Load.SENDS_PER_EVENT,
                Load.FRAMES_PER_EVENT,
                "round, contender",
                "first/s",
                "later/s",
                "cpu first",
                "cpu later",
                "cpu doubles, db, broker");
        List<List<Turn.Result>> results = new ArrayList<>();
        contenders.forEach(contender -> results.add(new ArrayList<>()));
        for (int round = 1; round <= options.rounds(); round++) {
            for (int i = 0; i < contenders.size(); i++) {
                String name = contenders.get(i).name() + "-" + round;
                Turn.Result result = new Turn(options).run(contenders.get(i), name);
                results.get(i).add(result);
                print(name, result);
            }
            compare(contenders, results, round - 1);
        }
        if (options.loop()) {
            for (int i = 0; i < contenders.size() - 1; i++) {
                List<Turn.Result> loop = results.get(contenders.size() - 1);
                List<Turn.Result> hub = results.get(i);
                double[] ratios = new double[options.rounds()];
                Arrays.setAll(ratios, n -> hub.get(n).later() / loop.get(n).later());
                Arrays.sort(ratios);
                System.out.printf(
                        Locale.ROOT,
                        "%s/loop, later events: median %.2f of %s%n",
                        contenders.get(i).name(),
                        ratios[ratios.length / 2],
                        Arrays.toString(ratios));
            }
        }
    }

    /** This round's ratios: to the loop, and of this hub to each other. */
    private static void compare(List<Contender> contenders, List<List<Turn.Result>> results, int round) {
        Turn.Result hub = results.get(0).get(round);
        for (int i = 1; i < contenders.size(); i++) {
            Turn.Result other = results.get(i).get(round);
            System.out.printf(
                    Locale.ROOT,
                    "  hub/%s: first %.2f, later %.2f, cpu first %.2f, later %.2f%n",
                    contenders.get(i).name(),
                    hub.first() / other.first(),
                    hub.later() / other.later(),
                    hub.cpuFirst() / other.cpuFirst(),
                    hub.cpuLater() / other.cpuLater());
        }
    }

    private static void print(String name, Turn.Result result) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %9.0f %9.0f %9.2f %9.2f %26s%n",
                name,
                result.first(),
                result.later(),
                result.cpuFirst(),
                result.cpuLater(),
                String.format(
                        Locale.ROOT, "%.2f %.2f %.2f", result.around()[0], result.around()[1], result.around()[2]));
        if (!result.wrong().isEmpty()) {
            System.out.println("WRONG: " + result.wrong());
        }
    }
}
