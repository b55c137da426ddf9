package camelbell.bench;

import camelbell.it.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events through a whole hub to a mail relay and a WhatsApp gateway, each in a process of its own: two mails and two
 * WhatsApp messages an event, to two of a thousand people. Prints, of each round, events a second until the last outcome
 * is written, the CPU of the hub's process and transactions of the database for each event, how late messages were, and
 * attempts that were made for nothing.
 *
 * <p>Arguments: any of {@code events=} (of a round, 10000), {@code rounds=} (3), {@code rate=} (events a second that are
 * posted; 0: all at once), {@code mail-ms=} and {@code whatsapp-ms=} (how long the provider takes, 0), {@code java=} (the
 * hub's), {@code jvm=} (its options, with commas between them), and keys of the hub with their values.
 */
public final class SendingBenchmark {

    private static final int PEOPLE = 1000;
    private static final int SENDS = 4;
    private static final String COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
    private static final String LATE =
            """
            SELECT string_agg(format('%%s late p50 %%s ms, p99 %%s ms, at most %%s ms', channel, p50, p99, most), '; ') FROM (
              SELECT channel, round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY late)) AS p50,
                round(1000 * percentile_cont(0.99) WITHIN GROUP (ORDER BY late)) AS p99, round(1000 * max(late)) AS most
              FROM (SELECT channel, extract(epoch FROM sent_at - created_at) AS late FROM notification_log
                    WHERE id > %d AND channel <> 'SYSTEM') AS sent GROUP BY channel) AS by_channel
            """;

    private final Map<String, String> settings = new TreeMap<>(Map.of(
            "events", "10000", "rounds", "3", "rate", "0", "mail-ms", "0", "whatsapp-ms", "0", "jvm", "-Xmx256m"));
    private final Map<String, String> hubKeys = new TreeMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>(Stack.freshTopics());
    private String management = "";

    private SendingBenchmark(String[] arguments) {
        settings.put("java", ProcessHandle.current().info().command().orElse("java"));
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            (pair[0].contains(".") ? hubKeys : settings).put(pair[0], pair[1]);
        }
    }

    public static void main(String[] arguments) throws Exception {
        new SendingBenchmark(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        System.out.println(Tables.machine() + ", " + settings + " " + hubKeys);
        String java = settings.getOrDefault("java", "java");
        try (OtherProcess providers = OtherProcess.providers(java, value("mail-ms"), value("whatsapp-ms"))) {
            String[] ports = providers.line().split(" ", -1);
            properties.putAll(Stack.hubDatabase());
            properties.put("camelbell.http.port", "0");
            properties.put("management.server.port", "0");
            properties.put("camelbell.jwt.secrets", Stack.jwtSecret());
            properties.put("camelbell.mail.host", "127.0.0.1");
            properties.put("camelbell.mail.port", ports[0]);
            properties.put("camelbell.whatsapp.base-url", "http://127.0.0.1:" + ports[1]);
            properties.put("camelbell.whatsapp.phone-number-id", "1");
            properties.put("camelbell.whatsapp.access-token", "token");
            properties.putAll(hubKeys);
            try (OtherProcess hub = OtherProcess.hub(
                    java, Arrays.stream(value("jvm").split(",", -1)).toList(), properties)) {
                awaitUp(hub);
                rounds(hub, providers);
            }
        }
    }

    private String value(String setting) {
        return settings.getOrDefault(setting, "");
    }

    private void awaitUp(OtherProcess hub) throws IOException {
        for (String line = hub.line(); !line.contains("Started CamelbellApplication"); line = hub.line()) {
            if (line.contains("Tomcat started on port ")) {
                management = line.replaceAll(".*Tomcat started on port (\\d+).*", "$1");
            }
        }
        hub.follow();
    }

    private void rounds(OtherProcess hub, OtherProcess providers) throws Exception {
        int events = Integer.parseInt(value("events"));
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                        Map.of("bootstrap.servers", property("camelbell.kafka.brokers"), "linger.ms", 5),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Connection db = DriverManager.getConnection(
                        property("spring.datasource.url"),
                        property("spring.datasource.username"),
                        property("spring.datasource.password"))) {
            users(kafka, db);
            for (int round = 1; round <= Integer.parseInt(value("rounds")); round++) {
                long first = one(db, "SELECT coalesce(max(id), 0) FROM notification_log");
                long taken = taken(providers);
                long commits = one(db, COMMITS);
                Duration cpu = hub.cpu();
                double idle = notBegun();
                long begun = System.nanoTime();
                post(kafka, (round - 1) * events + 1, events);
                while (taken(providers) < taken + (long) events * SENDS
                        || one(db, "SELECT count(*) FROM (SELECT FROM delivery LIMIT 1) AS one") > 0) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                TimeUnit.SECONDS.sleep(2); // the database counts a little later
                System.out.printf(
                        Locale.ROOT,
                        "round %d: %.0f events/s, %.2f ms CPU and %.3f transactions an event, taken %d of %d, not begun %.0f,"
                                + " resident %d MiB, live heap %.0f MiB%n  %s%n",
                        round,
                        events / seconds,
                        hub.cpu().minus(cpu).toNanos() / 1e6 / events,
                        (double) (one(db, COMMITS) - commits) / events,
                        taken(providers) - taken,
                        (long) events * SENDS,
                        notBegun() - idle,
                        hub.resident(),
                        OtherProcess.metric(management, "jvm.gc.live.data.size") / 1024 / 1024,
                        text(db, LATE.formatted(first)));
            }
        }
    }

    private String property(String key) {
        return properties.getOrDefault(key, "");
    }

    private double notBegun() throws IOException, InterruptedException {
        return OtherProcess.metric(management, "camelbell.delivery.attempts?tag=outcome:not_begun");
    }

    private static long taken(OtherProcess providers) throws IOException {
        return Arrays.stream(providers.ask().split(" ", -1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private void users(KafkaProducer<byte[], byte[]> kafka, Connection db) throws Exception {
        for (int id = 1; id <= PEOPLE; id++) {
            send(
                    kafka,
                    "users",
                    id,
                    """
                    {"id":%d,"username":"u%d","name":"User %d","role":"DEVELOPER","email":"u%d@example.org",
                    "whatsapp_number":"+1555%07d"}"""
                            .formatted(id, id, id, id, id));
        }
        kafka.flush();
        while (one(db, "SELECT count(*) FROM person") < PEOPLE) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void post(KafkaProducer<byte[], byte[]> kafka, int from, int events) {
        int rate = Integer.parseInt(value("rate"));
        long begun = System.nanoTime();
        for (int i = 0; i < events; i++) {
            int id = from + i;
            send(
                    kafka,
                    "ticket-events",
                    id,
                    """
                    {"specversion":"1.0","id":"%d","source":"urn:bench","type":"ticket_assigned","data":{"ticket":{"id":%d,
                    "title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW","created_by":9,
                    "project_name":"Main","created_at":"2026-01-01T00:00:00Z"},"assignees":[%d,%d]}}"""
                            .formatted(id, id, 1 + id * 7 % PEOPLE, 1 + (id * 7 + 3) % PEOPLE));
            if (rate > 0) {
                LockSupport.parkNanos(begun + (i + 1) * 1_000_000_000L / rate - System.nanoTime());
            }
        }
        kafka.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> kafka, String topic, int key, String value) {
        var unused = kafka.send(new ProducerRecord<>(
                property("camelbell.kafka.topics." + topic),
                String.valueOf(key).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    private static long one(Connection db, String sql) throws SQLException {
        return Long.parseLong(text(db, sql));
    }

    private static String text(Connection db, String sql) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
