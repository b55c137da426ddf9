package camelbell.bench;

import camelbell.dev.Ports;
import camelbell.it.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How small the packaged hub is: start to ready, first mail after SIGKILL, idle, a command; the jar as it is beside the same jar
 * prepared by src/deploy/prepare.sh, alternating, against embedded servers in this process. Linux only.
 *
 * <p>Arguments: JAR [rounds, 3] [idle seconds, 60]. JAVA_HOME says which Java runs the hub.
 */
public final class FootprintBenchmark {

    private static final int SETTLING_SECONDS = 30;
    private static final double TICKS_PER_SECOND = 100; // USER_HZ

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, String> settings = Stack.properties();
    private final Path folder;
    private final String java;

    private FootprintBenchmark() throws IOException {
        folder = Files.createTempDirectory("camelbell-footprint");
        String home = System.getenv("JAVA_HOME");
        java = Path.of(home == null ? System.getProperty("java.home") : home, "bin", "java")
                .toString();
        settings.remove("camelbell.health.exit");
    }

    /** One contender's figures, by name. */
    private record Figures(Map<String, Double> values) {}

    public static void main(String[] args) throws Exception {
        String jar = Path.of(args[0]).toAbsolutePath().toString();
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int idle = args.length > 2 ? Integer.parseInt(args[2]) : 60;
        FootprintBenchmark benchmark = new FootprintBenchmark();
        Path prepared = benchmark.folder.resolve("prepared");
        benchmark.finish("prepare", "sh", "src/deploy/prepare.sh", jar, prepared.toString());
        Map<String, List<String>> contenders = new LinkedHashMap<>();
        contenders.put(
                "jar", List.of(benchmark.java, "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", jar));
        contenders.put("prepared", List.of("sh", prepared + "/camelbell"));
        System.out.println(Machine.line());
        System.out.printf(
                Locale.ROOT,
                "java %s, jar %.1f MB, cache %.1f MB%n",
                benchmark.java,
                Files.size(Path.of(jar)) / 1e6,
                Files.size(prepared.resolve("camelbell.cache.hub")) / 1e6);
        for (int round = 0; round < rounds; round++) {
            Map<String, Figures> found = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> one : contenders.entrySet()) {
                found.put(one.getKey(), benchmark.measure(one.getValue(), idle, round));
            }
            print(round, found);
        }
        System.exit(0);
    }

    private static void print(int round, Map<String, Figures> found) {
        Map<String, Double> jar =
                found.getOrDefault("jar", new Figures(Map.of())).values();
        Map<String, Double> prepared =
                found.getOrDefault("prepared", new Figures(Map.of())).values();
        System.out.printf(Locale.ROOT, "round %d: jar, prepared, ratio%n", round + 1);
        jar.forEach((name, value) -> System.out.printf(
                Locale.ROOT,
                "  %-32s %9.2f %9.2f %6.2f%n",
                name,
                value,
                prepared.getOrDefault(name, Double.NaN),
                prepared.getOrDefault(name, Double.NaN) / value));
    }

    private Figures measure(List<String> command, int idle, int round) throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        int management = Ports.free();
        long began = System.nanoTime();
        Process hub = start(command, management);
        awaitReady(hub, management);
        values.put("start to ready, s", seconds(began));
        values.put("start to ready, CPU s", cpu(hub));
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        double before = cpu(hub);
        long wakes = wakes(hub);
        TimeUnit.SECONDS.sleep(idle);
        values.put("idle, % of a core", 100 * (cpu(hub) - before) / idle);
        values.put("idle, threads woken, 1/s", (double) (wakes(hub) - wakes) / idle);
        values.put("idle, threads", (double) status(hub, "Threads:"));
        values.put("idle, RSS MiB", status(hub, "VmRSS:") / 1024.0);
        post("users", USER);
        TimeUnit.SECONDS.sleep(2);
        hub.destroyForcibly().waitFor();
        long mails = Stack.mailbox().counts().messages();
        post("ticket-events", EVENT.replace("ID", command.hashCode() + "-" + round));
        began = System.nanoTime();
        Process again = start(command, management);
        while (Stack.mailbox().counts().messages() == mails) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        values.put("kill -9 to the first mail, s", seconds(began));
        again.destroyForcibly().waitFor();
        began = System.nanoTime();
        List<String> version = new ArrayList<>(command);
        version.add("--version");
        finish("command", version.toArray(String[]::new));
        values.put("a command, s", seconds(began));
        return new Figures(values);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private Process start(List<String> command, int management) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("hub.log").toFile());
        settings.forEach((key, value) -> builder.environment()
                .put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        builder.environment().put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
        builder.environment().put("SERVER_PORT", String.valueOf(management));
        return builder.start();
    }

    private void awaitReady(Process hub, int management) throws InterruptedException {
        HttpRequest readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(6))
                .build();
        while (true) {
            try {
                if (client.send(readiness, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!hub.isAlive()) {
                    throw new IllegalStateException("the hub ended, see " + folder.resolve("hub.log"));
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void finish(String name, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(name + " ended with code " + code + ", see " + log);
        }
    }

    /** User and system time so far. */
    private static double cpu(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND;
    }

    /** How often its threads have waited for something and gone on. */
    private static long wakes(Process process) throws IOException {
        long sum = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                sum += line(thread.resolve("status"), "voluntary_ctxt_switches:");
            }
        }
        return sum;
    }

    private static long status(Process process, String name) throws IOException {
        return line(Path.of("/proc/" + process.pid() + "/status"), name);
    }

    private static long line(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private void post(String topic, String value) throws Exception {
        try (KafkaProducer<String, String> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", String.valueOf(settings.get("camelbell.kafka.brokers"))),
                new StringSerializer(),
                new StringSerializer())) {
            kafka.send(new ProducerRecord<>(settings.get("camelbell.kafka.topics." + topic), "1", value))
                    .get();
        }
    }

    private static final String USER =
            """
            {"id":1,"username":"ada","name":"Ada","role":"ADMIN","email":"ada@example.org"}""";

    private static final String EVENT =
            """
            {"specversion":"1.0","id":"ID","source":"urn:benchmark","type":"ticket_created","subject":"1",
             "time":"2026-03-01T10:00:00Z","datacontenttype":"application/json",
             "data":{"ticket":{"id":1,"title":"It burns","priority":"HIGH","category":"BUG","status":"NEW",
               "created_by":2,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}""";
}
