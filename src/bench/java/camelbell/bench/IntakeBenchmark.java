package camelbell.bench;

import camelbell.CamelbellApplication;
import camelbell.it.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Intake, Kafka to recorded notifications with the channels off: the hub beside the hand-written loop, alternating, on
 * the same events, each run with a database and a topic of its own. Prints events/s and the ratio; the first pair warms
 * up and does not count.
 *
 * <p>Arguments: USERS.ndjson EVENTS.ndjson[.gz] [pairs].
 */
public final class IntakeBenchmark {

    private static final int BATCH = 500;
    private final List<byte[]> users;
    private final List<byte[]> events;

    private IntakeBenchmark(Path users, Path events) throws IOException {
        this.users = lines(users);
        this.events = lines(events);
    }

    public static void main(String[] args) throws Exception {
        IntakeBenchmark benchmark = new IntakeBenchmark(Path.of(args[0]), Path.of(args[1]));
        int pairs = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair <= pairs; pair++) {
            double hub = benchmark.hub();
            double loop = benchmark.loop();
            System.out.printf(
                    Locale.ROOT,
                    "%s hub %.0f events/s, loop %.0f events/s, ratio %.2f%n",
                    pair == 0 ? "warm-up" : "pair " + pair,
                    hub,
                    loop,
                    hub / loop);
            if (pair > 0) {
                ratios.add(hub / loop);
            }
        }
        double[] sorted =
                ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT, "hub/loop: median %.2f of %s%n", sorted[sorted.length / 2], Arrays.toString(sorted));
        System.exit(0);
    }

    private double hub() throws Exception {
        Map<String, String> properties = Stack.properties();
        createTopics(properties);
        postUsers(properties);
        properties.put(
                "camel.main.routes-include-pattern",
                "classpath:routes/10-*.camel.yaml,classpath:routes/15-*.camel.yaml,classpath:routes/20-*.camel.yaml,"
                        + "classpath:routes/30-*.camel.yaml,classpath:routes/70-*.camel.yaml,file:src/bench/routes/*.camel.yaml");
        properties.put("camelbell.delivery.in-memory", "0");
        properties.put("camelbell.kafka.batch-size", String.valueOf(BATCH));
        properties.put("logging.level.root", "WARN");
        try (ConfigurableApplicationContext hub =
                SpringApplication.run(CamelbellApplication.class, arguments(properties))) {
            await(properties, "SELECT count(*) FROM person", users.size());
            RouteController routes = hub.getBean(CamelContext.class).getRouteController();
            routes.stopRoute("ticket-events"); // until the events are all there
            postEvents(properties);
            long start = System.nanoTime();
            routes.startRoute("ticket-events");
            return rate(properties, start);
        }
    }

    private static String[] arguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    private double loop() throws Exception {
        Map<String, String> properties = Stack.properties();
        createTopics(properties);
        postEvents(properties);
        String url = properties.get("spring.datasource.url");
        String user = properties.get("spring.datasource.username");
        String topic = Objects.requireNonNull(properties.get("camelbell.kafka.topics.ticket-events"));
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", properties.get("camelbell.kafka.brokers"));
        kafka.put("group.id", properties.get("camelbell.kafka.group"));
        try (Connection db = DriverManager.getConnection(url, user, properties.get("spring.datasource.password"))) {
            long start = System.nanoTime();
            new HandWrittenLoop(db, directory()).run(kafka, topic, events.size(), BATCH);
            return rate(properties, start);
        }
    }

    private double rate(Map<String, String> properties, long start) throws SQLException, InterruptedException {
        await(properties, "SELECT count(*) FROM ticket_event", events.size());
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "  %d rows%n", count(properties, "SELECT count(*) FROM notification_log"));
        return events.size() / seconds;
    }

    private Map<Long, JsonNode> directory() throws IOException {
        Map<Long, JsonNode> people = new HashMap<>();
        for (byte[] line : users) {
            JsonNode user = new JsonMapper().readTree(line);
            people.put(user.get("id").asLong(), user);
        }
        return people;
    }

    private void postUsers(Map<String, String> properties) throws IOException {
        post(properties, "camelbell.kafka.topics.users", "id", users);
    }

    private void postEvents(Map<String, String> properties) throws IOException {
        post(properties, "camelbell.kafka.topics.ticket-events", "subject", events);
    }

    private static void post(Map<String, String> properties, String topic, String key, List<byte[]> lines)
            throws IOException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                properties.get("camelbell.kafka.brokers"),
                "linger.ms",
                20,
                "enable.idempotence",
                false);
        try (KafkaProducer<byte[], byte[]> kafka =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] line : lines) {
                var unused = kafka.send(new ProducerRecord<>(properties.get(topic), key(line, key), line));
            }
        }
    }

    private static void createTopics(Map<String, String> properties) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", properties.get("camelbell.kafka.brokers")))) {
            List<NewTopic> topics = properties.entrySet().stream()
                    .filter(property -> property.getKey().startsWith("camelbell.kafka.topics."))
                    .map(property -> new NewTopic(property.getValue(), 6, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static byte[] key(byte[] line, String field) throws IOException {
        return new JsonMapper().readTree(line).get(field).asText().getBytes(StandardCharsets.UTF_8);
    }

    private static void await(Map<String, String> properties, String sql, long wanted)
            throws SQLException, InterruptedException {
        while (count(properties, sql) < wanted) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static long count(Map<String, String> properties, String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection(
                        properties.get("spring.datasource.url"),
                        properties.get("spring.datasource.username"),
                        properties.get("spring.datasource.password"));
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<byte[]> lines(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .collect(Collectors.toList());
        }
    }
}
