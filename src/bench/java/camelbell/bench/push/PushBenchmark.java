package camelbell.bench.push;

import camelbell.bench.Machine;
import camelbell.bench.Rows;
import camelbell.bench.endtoend.Providers;
import camelbell.it.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From an event to the frames at open sockets. Each contender is a hub in a process of its own on the servers in this one;
 * clients and providers have one each.
 *
 * <p>Arguments: the parts, such as {@code one half:150 burst:1000x200 idle:10000}; then optionally contenders,
 * each {@code name=folder of its classes[,key=value...]}, which are measured in turn; {@code rounds=N}.
 */
public final class PushBenchmark {

    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

    /** What differs from the defaults: all sockets come from one address, and many are one person's. */
    private static final Map<String, String> SETTINGS = Map.of(
            "camelbell.http.rate.per-address", "0",
            "camelbell.http.rate.per-user", "0",
            "camelbell.http.connections", "40000",
            "camelbell.http.connections-per-address", "40000",
            "camelbell.websocket.connections", "40000",
            "camelbell.websocket.connections-per-person", "20000");

    private PushBenchmark() {}

    public static void main(String[] args) throws Exception {
        List<Part> parts = Arrays.stream(args)
                .filter(arg -> !arg.contains("="))
                .map(Part::of)
                .toList();
        Map<String, String> contenders = new LinkedHashMap<>();
        int rounds = 1;
        for (String arg : args) {
            if (arg.startsWith("rounds=")) {
                rounds = Integer.parseInt(arg.substring("rounds=".length()));
            } else if (arg.contains("=")) {
                contenders.put(arg.split("=", 2)[0], arg.split("=", 2)[1]);
            }
        }
        if (contenders.isEmpty()) {
            contenders.put("hub", "target/classes");
        }
        System.out.println(Machine.line() + "; hubs and clients with " + String.join(" ", JVM) + "; hubs with "
                + SETTINGS + ", providers at localhost");
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, String> contender : contenders.entrySet()) {
                System.out.println("--- " + contender.getKey() + " (" + contender.getValue() + "), round " + round);
                measure(contender.getValue(), parts);
            }
        }
        System.exit(0);
    }

    private static void measure(String contender, List<Part> parts) throws Exception {
        String[] words = contender.split(",", -1);
        Map<String, String> settings = new LinkedHashMap<>(Stack.properties());
        settings.putAll(SETTINGS);
        List<String> jvm = new ArrayList<>(JVM);
        for (int word = 1; word < words.length; word++) {
            if (words[word].startsWith("-") || words[word].startsWith("@")) {
                jvm.add(words[word]);
            } else {
                settings.put(words[word].split("=", 2)[0], words[word].split("=", 2)[1]);
            }
        }
        int people = Math.max(1000, parts.stream().mapToInt(Part::people).max().orElse(0));
        try (Providers providers = new Providers("push", 0, 0)) {
            settings.put("camelbell.mail.port", String.valueOf(providers.mailPort()));
            settings.put("camelbell.whatsapp.base-url", "http://localhost:" + providers.cloudApiPort());
            try (HubUnderTest hub = new HubUnderTest(Path.of(words[0]), jvm, settings)) {
                for (Part part : parts) {
                    measure(hub, settings, part, people);
                }
                sends(settings, providers);
            }
        }
    }

    private static void measure(HubUnderTest hub, Map<String, String> settings, Part part, int people)
            throws Exception {
        if (part.kind().equals("half")) {
            People.ofTheLoad(settings, people);
        } else {
            People.admins(settings, people, part.people() == 0 ? people : part.people());
        }
        clients(hub, settings, part);
    }

    /** As many different ones have to be at the doubles as the hub says it has sent, none of them twice. */
    private static void sends(Map<String, String> settings, Providers providers) throws Exception {
        Providers.Seen seen = providers.seen();
        long mails = sent(settings, "EMAIL");
        long messages = sent(settings, "WHATSAPP");
        boolean right = seen.mails() == mails
                && seen.differentMails() == mails
                && seen.messages() == messages
                && seen.differentMessages() == messages;
        System.out.printf(
                Locale.ROOT,
                "%s %d mails and %d messages recorded as sent; the doubles have %d (%d different) and %d (%d different)%n",
                right ? "each sent once:" : "WRONG:",
                mails,
                messages,
                seen.mails(),
                seen.differentMails(),
                seen.messages(),
                seen.differentMessages());
    }

    private static long sent(Map<String, String> settings, String channel) throws SQLException {
        return Rows.count(
                settings,
                "SELECT count(*) FROM notification_log WHERE status = 'SENT' AND channel = '" + channel + "'");
    }

    private static void clients(HubUnderTest hub, Map<String, String> settings, Part part)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(JVM);
        command.addAll(List.of("-cp", HubUnderTest.classPath(), Clients.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(List.of(
                Target.PORT + "=" + hub.port(),
                Target.MANAGEMENT + "=" + hub.managementPort(),
                Target.PID + "=" + hub.pid(),
                part.name()));
        Process clients = new ProcessBuilder(command).inheritIO().start();
        if (clients.waitFor() != 0) {
            throw new IllegalStateException("The clients of " + part.name() + " have failed");
        }
    }
}
