package camelbell.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Intake, Kafka to recorded notifications with the channels off: the hub beside the hand-written loop, each in a process of
 * its own, in turns on the same events. The first turn of each warms up and does not count.
 */
public final class IntakeBenchmark {

    private static final String HELP =
            """
            --events=20000          many small ones: two people each, over three channels
            --big=50000             instead: events that mean so many people each, --events of them (2)
            --users=F --file=F      instead: those of files, one JSON object a line, .gz or not
            --turns=3               that count
            --status=true           whether statuses are published beside
            --against=JAR           another hub; any number of them
            --jvm=OPTION            of the hubs
            """;

    private static final Set<String> KNOWN =
            Set.of("events", "big", "users", "file", "turns", "status", "against", "jvm");

    private IntakeBenchmark() {}

    public static void main(String[] args) throws Exception {
        for (String argument : args) {
            if (!KNOWN.contains(argument.replaceFirst("^--", "").replaceFirst("=.*", ""))) {
                System.err.println("There is no option " + argument + ":\n" + HELP);
                System.exit(2);
            }
        }
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        IntakeLoad load = load(args);
        boolean status = Boolean.parseBoolean(option(args, "status", "true"));
        List<String> jvm = options(args, "jvm");
        System.out.println(Machine.line());
        System.out.println("differs from the default: channels off, in-memory 0; statuses published: " + status
                + "; hubs' JVM: " + (jvm.isEmpty() ? "as it is" : jvm));
        List<IntakeContender> contenders = new ArrayList<>();
        contenders.add(IntakeContender.hub("hub", "", status, jvm, load));
        for (String jar : options(args, "against")) {
            String name = String.valueOf(Path.of(jar).getFileName()).replace(".jar", "");
            contenders.add(IntakeContender.hub(name, jar, status, jvm, load));
        }
        contenders.add(IntakeContender.loop(load));
        turns(contenders, load, Integer.parseInt(option(args, "turns", "3")));
        contenders.forEach(IntakeContender::close);
        System.out.println(Machine.line());
        System.exit(0);
    }

    private static IntakeLoad load(String[] args) throws IOException {
        int big = Integer.parseInt(option(args, "big", "0"));
        if (big > 0) {
            return IntakeLoad.big(Integer.parseInt(option(args, "events", "2")), big);
        }
        String file = option(args, "file", "");
        return file.isEmpty()
                ? IntakeLoad.small(Integer.parseInt(option(args, "events", "20000")))
                : IntakeLoad.files(Path.of(option(args, "users", "")), Path.of(file));
    }

    private static void turns(List<IntakeContender> contenders, IntakeLoad load, int turns) throws Exception {
        List<List<Double>> ratios = new ArrayList<>();
        contenders.forEach(contender -> ratios.add(new ArrayList<>()));
        for (int turn = 0; turn <= turns; turn++) {
            List<IntakeContender.Turn> results = new ArrayList<>();
            StringBuilder line = new StringBuilder(turn == 0 ? "warm-up" : "turn " + turn);
            for (IntakeContender contender : contenders) {
                IntakeContender.Turn result = contender.turn(load);
                results.add(result);
                line.append(String.format(
                        Locale.ROOT,
                        " | %s %.1f/s, ms of CPU %.3f + database %.3f",
                        contender.name,
                        result.rate(),
                        result.cpu(),
                        result.database()));
            }
            System.out.println(line);
            double loop = results.get(results.size() - 1).rate();
            for (int i = 0; turn > 0 && i < results.size() - 1; i++) {
                ratios.get(i).add(results.get(i).rate() / loop);
            }
        }
        for (int i = 0; i < contenders.size() - 1; i++) {
            double[] sorted = ratios.get(i).stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%s/loop: median %.2f of %s%n",
                    contenders.get(i).name,
                    sorted[sorted.length / 2],
                    Arrays.toString(sorted));
        }
    }

    private static String option(String[] args, String name, String usual) {
        List<String> all = options(args, name);
        return all.isEmpty() ? usual : all.get(all.size() - 1);
    }

    private static List<String> options(String[] args, String name) {
        return Arrays.stream(args)
                .filter(argument -> argument.startsWith("--" + name + "="))
                .map(argument -> argument.substring(name.length() + 3))
                .toList();
    }
}
