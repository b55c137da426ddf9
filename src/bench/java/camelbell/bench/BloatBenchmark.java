package camelbell.bench;

import camelbell.CamelbellApplication;
import camelbell.it.Stack;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * What a million deliveries leave behind: events through the whole hub, but for the providers, whom a bean stands for.
 * It takes every message but one in ten first attempts, which are postponed and claimed again from the table. Prints size,
 * dead rows and the share of updates that stayed on their page (HOT) of each table.
 *
 * <p>Arguments: [deliveries, 1000000].
 */
public final class BloatBenchmark {

    private static final int ADMINS = 50;
    private static final int PER_EVENT = ADMINS * 2;
    private static final int TENTH = 10;

    private BloatBenchmark() {}

    /** Stands for both providers. */
    public static final class Providers {

        /** How the attempt ends, without any provider. */
        public Attempt attempt(Delivery delivery) {
            boolean refused = delivery.attempt() == 1 && delivery.notificationId() % TENTH == 0;
            DeliveryOutcome outcome = refused
                    ? new FailedForNow("BENCH", null)
                    : new Sent(UUID.randomUUID().toString());
            return new Attempt(delivery, outcome, Clock.systemUTC().instant());
        }
    }

    public static void main(String[] args) throws Exception {
        int events = (args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000) / PER_EVENT;
        Map<String, Object> properties = new HashMap<>(Stack.properties());
        Path routes = routes();
        properties.put("camelbell.routes", "file:" + routes);
        SpringApplication application = new SpringApplication(CamelbellApplication.class);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("providers", new Providers()));
        try (ConfigurableApplicationContext hub = application.run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
                Connection database = DriverManager.getConnection(
                        String.valueOf(properties.get("spring.datasource.url")),
                        String.valueOf(properties.get("spring.datasource.username")),
                        String.valueOf(properties.get("spring.datasource.password")))) {
            long begun = System.nanoTime();
            post(properties, events);
            long largest = settleAll(database, (long) events * PER_EVENT);
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%d deliveries settled in %.0f s, %.0f/s; delivery with its indexes at most %d KiB%n",
                    events * PER_EVENT, seconds, events * PER_EVENT / seconds, largest / 1024);
            print(database, "at once");
            TimeUnit.MINUTES.sleep(2); // autovacuum looks every minute
            print(database, "two minutes later");
            System.out.println("hub " + (hub.isActive() ? "runs" : "stopped"));
        }
        FileSystemUtils.deleteRecursively(routes);
        System.exit(0);
    }

    /** The hub's routes, with the bean in place of both providers. */
    private static Path routes() throws IOException {
        Path folder = Files.createTempDirectory("bloat");
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        Files.delete(folder.resolve("50-channel-mail.camel.yaml"));
        Files.delete(folder.resolve("51-channel-whatsapp.camel.yaml"));
        FileSystemUtils.copyRecursively(Path.of("src/bench/routes/bloat"), folder);
        return folder;
    }

    private static void post(Map<String, Object> properties, int events) {
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", properties.get("camelbell.kafka.brokers"), "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int id = 1; id <= ADMINS; id++) {
                send(
                        kafka,
                        properties,
                        "users",
                        id,
                        """
                        {"id":%d,"username":"u%d","name":"","role":"ADMIN","email":"u%d@example.org","whatsapp_number":"+1555%07d"}"""
                                .formatted(id, id, id, id));
            }
            for (int id = 1; id <= events; id++) {
                send(
                        kafka,
                        properties,
                        "ticket-events",
                        id,
                        """
                        {"specversion":"1.0","id":"%d","source":"urn:bench","type":"ticket_created","data":{"ticket":{"id":%d,
                        "title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW","created_by":9,
                        "project_name":"Main","created_at":"2026-01-01T00:00:00Z"}}}"""
                                .formatted(id, id));
            }
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> kafka, Map<String, Object> properties, String topic, int key, String value) {
        var unused = kafka.send(new ProducerRecord<>(
                String.valueOf(properties.get("camelbell.kafka.topics." + topic)),
                String.valueOf(key).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Waits, and answers the largest size that the work table had meanwhile, in bytes. */
    private static long settleAll(Connection database, long deliveries) throws SQLException, InterruptedException {
        long largest = 0;
        long settled = 0;
        while (settled < deliveries) {
            TimeUnit.SECONDS.sleep(1);
            largest = Math.max(largest, number(database, "SELECT pg_total_relation_size('delivery')"));
            settled = number(database, "SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'delivery'");
        }
        return largest;
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void print(Connection database, String when) throws SQLException {
        System.out.printf(
                "%-18s %12s %12s %10s %10s %10s %6s %8s  (%s)%n",
                "table", "table KiB", "index KiB", "live", "dead", "updates", "HOT %", "vacuums", when);
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        SELECT relname, pg_table_size(relid) / 1024, pg_indexes_size(relid) / 1024, n_live_tup, n_dead_tup,
                               n_tup_upd, round(100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0), 1), autovacuum_count
                        FROM pg_stat_user_tables WHERE n_tup_ins > 0 ORDER BY pg_total_relation_size(relid) DESC
                        """)) {
            while (row.next()) {
                System.out.printf(
                        "%-18s %12d %12d %10d %10d %10d %6s %8d%n",
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getLong(8));
            }
        }
    }
}
