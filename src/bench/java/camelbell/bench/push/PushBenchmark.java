package camelbell.bench.push;

import camelbell.bench.Machine;
import camelbell.it.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * From an event to the frames at open sockets. Each contender is a hub in a process of its own on the servers in this one,
 * the clients are a third process.
 *
 * <p>Arguments: the parts, such as {@code one sockets:1000 admins:1000 connects:3000 idle:10000}; then optionally contenders,
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
        List<String> parts =
                Arrays.stream(args).filter(arg -> !arg.contains("=")).toList();
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
        System.out.println(Machine.line() + "; hubs with " + String.join(" ", JVM) + " and " + SETTINGS);
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, String> contender : contenders.entrySet()) {
                System.out.println("--- " + contender.getKey() + " (" + contender.getValue() + "), round " + round);
                measure(contender.getValue(), parts);
            }
        }
        System.exit(0);
    }

    private static void measure(String contender, List<String> parts) throws Exception {
        String[] words = contender.split(",", -1);
        Map<String, String> settings = new LinkedHashMap<>(Stack.properties());
        settings.put("camelbell.http.port", "0");
        settings.putAll(SETTINGS);
        List<String> jvm = new ArrayList<>(JVM);
        for (int word = 1; word < words.length; word++) {
            if (words[word].startsWith("-") || words[word].startsWith("@")) {
                jvm.add(words[word]);
            } else {
                settings.put(words[word].split("=", 2)[0], words[word].split("=", 2)[1]);
            }
        }
        int admins = parts.stream()
                .filter(part -> part.startsWith("admins:"))
                .mapToInt(part -> Integer.parseInt(part.substring("admins:".length())))
                .max()
                .orElse(1000);
        try (HubUnderTest hub = new HubUnderTest(Path.of(words[0]), jvm, settings)) {
            for (String part : parts) {
                int size = part.startsWith("admins:") ? Integer.parseInt(part.substring("admins:".length())) : admins;
                people(settings, admins, size);
                clients(hub, settings, part);
            }
        }
    }

    /** Admins without addresses, so that nothing is sent beside what is measured: the first so many are active. */
    private static void people(Map<String, String> settings, int people, int active) throws InterruptedException {
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.getOrDefault("camelbell.kafka.brokers", ""), "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int id = 1; id <= people; id++) {
                String user = "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"active\":%b}"
                        .formatted(id, id, id <= active);
                var unused = kafka.send(new ProducerRecord<>(
                        settings.getOrDefault("camelbell.kafka.topics.users", ""),
                        String.valueOf(id).getBytes(StandardCharsets.UTF_8),
                        user.getBytes(StandardCharsets.UTF_8)));
            }
        }
        JdbcClient database = JdbcClient.create(new org.springframework.jdbc.datasource.DriverManagerDataSource(
                settings.getOrDefault("spring.datasource.url", ""),
                settings.getOrDefault("spring.datasource.username", ""),
                settings.getOrDefault("spring.datasource.password", "")));
        while (database.sql("SELECT count(*) FROM person WHERE active")
                        .query(Integer.class)
                        .single()
                != active) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void clients(HubUnderTest hub, Map<String, String> settings, String part)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                HubUnderTest.classPath(),
                Clients.class.getName(),
                "port=" + hub.port(),
                "management=" + hub.managementPort(),
                "pid=" + hub.pid(),
                "secret=" + Stack.jwtSecret(),
                "brokers=" + settings.get("camelbell.kafka.brokers"),
                "topic=" + settings.get("camelbell.kafka.topics.ticket-events"),
                part));
        Process clients = new ProcessBuilder(command).inheritIO().start();
        if (clients.waitFor() != 0) {
            throw new IllegalStateException("The clients of " + part + " have failed");
        }
    }
}
