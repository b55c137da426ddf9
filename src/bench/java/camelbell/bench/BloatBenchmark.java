package camelbell.bench;

import camelbell.CamelbellApplication;
import camelbell.it.Stack;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
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
 * It takes every message but one in ten first attempts, which are postponed and claimed again from the table. The events
 * come in bursts, faster than they are settled, so that most deliveries wait in the table and are claimed; a burst
 * begins when nine tenths of what was posted are settled. Every ten seconds a line says how the work table does.
 *
 * <p>Arguments: [deliveries, 1000000] [deliveries a burst, 100000].
 */
public final class BloatBenchmark {

    private static final int ADMINS = 50;
    private static final int PER_EVENT = ADMINS * 2;
    private static final int TENTH = 10;
    private static final int LINE_EVERY = 10; // seconds
    private static final Duration AUTOVACUUM = Duration.ofMinutes(3); // it looks every minute

    private final ConfigurableApplicationContext hub;
    private final Map<String, Object> properties;
    private final Tables tables;

    private BloatBenchmark(ConfigurableApplicationContext hub, Map<String, Object> properties, Tables tables) {
        this.hub = hub;
        this.properties = properties;
        this.tables = tables;
    }

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
        int burst = (args.length > 1 ? Integer.parseInt(args[1]) : 100_000) / PER_EVENT;
        Map<String, Object> properties = new HashMap<>(Stack.properties());
        Path routes = routes();
        properties.put("camelbell.routes", "file:" + routes);
        SpringApplication application = new SpringApplication(CamelbellApplication.class);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("providers", new Providers()));
        try (ConfigurableApplicationContext hub = application.run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
                Tables tables = new Tables(properties)) {
            new BloatBenchmark(hub, properties, tables).run(events, burst);
        }
        FileSystemUtils.deleteRecursively(routes);
        System.exit(0);
    }

    private void run(int events, int burst) throws SQLException, InterruptedException {
        System.out.println(Machine.line());
        long begun = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", properties.get("camelbell.kafka.brokers"), "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            users(kafka);
            kafka.flush();
            int posted = 0;
            long settled = 0;
            tables.head();
            for (int second = 0; settled < (long) events * PER_EVENT; second++) {
                if (posted < events && settled >= (long) posted * (PER_EVENT - PER_EVENT / TENTH)) {
                    int upTo = Math.min(events, posted + burst);
                    events(kafka, posted + 1, upTo);
                    posted = upTo;
                }
                TimeUnit.SECONDS.sleep(1);
                settled = count("sent");
                if (second % LINE_EVERY == LINE_EVERY - 1) {
                    tables.line(seconds(begun), settled, count("failed_for_now"));
                }
            }
        }
        System.out.printf(
                "%d deliveries settled in %.0f s, %.0f/s; delivery with its indexes at most %d KiB%n",
                events * PER_EVENT, seconds(begun), events * PER_EVENT / seconds(begun), tables.largest());
        System.out.println(Machine.line());
        tables.print("at once");
        System.out.println(
                tables.awaitAutovacuum(AUTOVACUUM)
                        ? "autovacuum has been there"
                        : "no autovacuum within " + AUTOVACUUM.toMinutes() + " minutes");
        tables.print("after autovacuum");
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Attempts that the hub has written down, by how they ended. */
    private long count(String outcome) {
        return (long)
                hub
                        .getBean(MeterRegistry.class)
                        .find("camelbell.delivery.attempts")
                        .tag("outcome", outcome)
                        .counters()
                        .stream()
                        .mapToDouble(Counter::count)
                        .sum();
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

    private void users(KafkaProducer<byte[], byte[]> kafka) {
        for (int id = 1; id <= ADMINS; id++) {
            send(
                    kafka,
                    "users",
                    id,
                    """
                    {"id":%d,"username":"u%d","name":"","role":"ADMIN","email":"u%d@example.org","whatsapp_number":"+1555%07d"}"""
                            .formatted(id, id, id, id));
        }
    }

    private void events(KafkaProducer<byte[], byte[]> kafka, int from, int upTo) {
        for (int id = from; id <= upTo; id++) {
            send(
                    kafka,
                    "ticket-events",
                    id,
                    """
                    {"specversion":"1.0","id":"%d","source":"urn:bench","type":"ticket_created","data":{"ticket":{"id":%d,
                    "title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW","created_by":9,
                    "project_name":"Main","created_at":"2026-01-01T00:00:00Z"}}}"""
                            .formatted(id, id));
        }
        kafka.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> kafka, String topic, int key, String value) {
        var unused = kafka.send(new ProducerRecord<>(
                String.valueOf(properties.get("camelbell.kafka.topics." + topic)),
                String.valueOf(key).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }
}
