package camelbell.bench.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param events of a round
 * @param first of them are those that a hub meets half-compiled
 * @param rounds in which each contender has its turn once
 * @param held seconds for which each hub is given {@code rate} events a second, instead of rounds; 0: rounds
 * @param sockets open at a hub
 * @param jars packaged hubs beside this checkout's, one of each {@code --against}
 * @param jar of this checkout's hub; empty: its classes
 * @param java the command that runs the hubs
 * @param jvm options of the hubs' JVMs
 * @param settings of the hubs that differ from the default
 * @param mailMillis that the mail server takes for a mail
 * @param whatsappMillis that the Cloud API takes for a message
 * @param loop whether the hand-written loop takes part
 * @param durable whether the database waits for the disk and writes whole pages, as a real one does
 */
record Options(
        int events,
        int first,
        int rounds,
        int held,
        int rate,
        int sockets,
        List<String> jars,
        String jar,
        String java,
        List<String> jvm,
        Map<String, String> settings,
        int mailMillis,
        int whatsappMillis,
        boolean loop,
        boolean durable) {

    static final String HELP =
            """
            --events=20000 --first=10000 --rounds=2   so many events each round, and the first of them counted by themselves
            --held=SECONDS --rate=500                 a rate that is held instead: mails' delay, memory, connections, and their curves
            --sockets=100 --loop=true                 open at each hub; whether the hand-written loop takes its turn
            --jar=JAR                                 this hub as packaged, instead of this checkout's classes
            --against=JAR                             another hub that takes its turn; any number of them
            --java=java --jvm=OPTION                  what runs the hubs, and with which options
            --mail-ms=0 --whatsapp-ms=0               how long the providers take for one message
            --durable=false                           whether the database waits for the disk, as a real one does
            --camelbell.…=VALUE                       any setting of the hubs
            """;

    private static final Set<String> KNOWN = Set.of(
            "events",
            "first",
            "rounds",
            "held",
            "rate",
            "sockets",
            "jar",
            "against",
            "java",
            "jvm",
            "mail-ms",
            "whatsapp-ms",
            "loop",
            "durable");

    static Options parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> settings = new HashMap<>();
        List<String> jars = new ArrayList<>();
        List<String> jvm = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException(argument + " is no option:\n" + HELP);
            }
            String name = argument.substring(2, equals);
            String value = argument.substring(equals + 1);
            if (name.contains(".")) {
                settings.put(name, value);
            } else if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("There is no option --" + name + ":\n" + HELP);
            } else if (name.equals("against")) {
                jars.add(existing(value));
            } else if (name.equals("jvm")) {
                jvm.add(value);
            } else {
                values.put(name, value);
            }
        }
        int events = number(values, "events", 20_000) / Load.EVENTS_PER_TICKET * Load.EVENTS_PER_TICKET;
        return new Options(
                events,
                Math.min(events, number(values, "first", 10_000)),
                number(values, "rounds", 2),
                number(values, "held", 0),
                number(values, "rate", 500),
                Math.min(Load.PEOPLE, number(values, "sockets", 100)),
                jars,
                values.containsKey("jar") ? existing(values.getOrDefault("jar", "")) : "",
                values.getOrDefault(
                        "java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                jvm,
                settings,
                number(values, "mail-ms", 0),
                number(values, "whatsapp-ms", 0),
                Boolean.parseBoolean(values.getOrDefault("loop", "true")),
                Boolean.parseBoolean(values.getOrDefault("durable", "false")));
    }

    private static int number(Map<String, String> values, String name, int usual) {
        String value = values.getOrDefault(name, String.valueOf(usual));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " is " + value + "; it must be a whole number", e);
        }
    }

    private static String existing(String jar) {
        if (!Files.isReadable(Path.of(jar))) {
            throw new IllegalArgumentException("There is no file " + jar + " to be read");
        }
        return jar;
    }
}
