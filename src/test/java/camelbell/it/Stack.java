package camelbell.it;

import camelbell.dev.CloudApiDouble;
import camelbell.dev.KafkaBroker;
import camelbell.dev.Mailbox;
import camelbell.dev.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The servers that tests run the hub against: one of each in this JVM, started when first asked for, on free ports,
 * stopped with the JVM. A test class isolates itself by {@link #freshDatabase} and {@link #freshTopics}.
 */
public final class Stack {

    /** Milliseconds after which a consumer of an empty in-memory queue looks whether the hub stops. */
    static final String QUEUE_LOOK_UP = "camel.component.seda.default-poll-timeout";

    private static final String PHONE_NUMBER_ID = "106540352242922";
    private static final String ACCESS_TOKEN = UUID.randomUUID().toString();
    private static final String JWT_SECRET = UUID.randomUUID() + "-" + UUID.randomUUID();
    private static final int KEEP = 1000;
    private static final AtomicInteger FRESH = new AtomicInteger();

    private Stack() {}

    /**
     * Everything a hub needs, for {@code @DynamicPropertySource} or {@code SpringApplicationBuilder.properties}: each
     * call names a database and topics of its own.
     */
    public static Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.putAll(hubDatabase());
        properties.putAll(freshTopics());
        properties.put("camelbell.http.port", "0");
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        properties.put("camelbell.health.exit", "false"); // the process is the tests'
        properties.put("camelbell.jwt.secrets", jwtSecret());
        properties.put("camelbell.mail.host", "localhost");
        properties.put("camelbell.mail.port", String.valueOf(mailbox().smtpPort()));
        properties.put("camelbell.whatsapp.base-url", whatsapp().baseUrl());
        properties.put("camelbell.whatsapp.phone-number-id", PHONE_NUMBER_ID);
        properties.put("camelbell.whatsapp.access-token", ACCESS_TOKEN);
        return properties;
    }

    /**
     * The same for a hub in this JVM, for whose end the tests wait: it asks its in-memory queues one after the other, and
     * each would take up to a second to look up.
     */
    public static Map<String, String> quickProperties() {
        Map<String, String> properties = properties();
        properties.put(QUEUE_LOOK_UP, "100");
        return properties;
    }

    /** {@code spring.datasource.*} of an empty database made for this call. */
    public static Map<String, String> freshDatabase() {
        return Servers.POSTGRES.get().database("test_" + FRESH.incrementAndGet());
    }

    /**
     * {@code spring.datasource.*} of a database made for this call, with the hub's tables: a copy of one that is migrated
     * once in this JVM, and another hub's. How a hub migrates by itself is seen by those that start on
     * {@link #freshDatabase}.
     */
    public static Map<String, String> hubDatabase() {
        Map<String, String> copy = Servers.POSTGRES.get().copy(Original.NAME, "test_" + FRESH.incrementAndGet());
        JdbcClient.create(source(copy))
                .sql("UPDATE hub SET id = left(replace(gen_random_uuid()::text, '-', ''), 16)") // as V18 names it
                .update();
        return copy;
    }

    /** The same, to be used at once. */
    public static DriverManagerDataSource migratedDatabase() {
        return source(hubDatabase());
    }

    private static DriverManagerDataSource source(Map<String, String> properties) {
        return new DriverManagerDataSource(
                properties.getOrDefault("spring.datasource.url", ""),
                properties.getOrDefault("spring.datasource.username", ""),
                properties.getOrDefault("spring.datasource.password", ""));
    }

    /** {@code camelbell.kafka.*}: the broker, and a group and topics that nobody else uses; the hub creates them. */
    public static Map<String, String> freshTopics() {
        String prefix = "test-" + FRESH.incrementAndGet() + "-";
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("camelbell.kafka.brokers", kafka().bootstrapServers());
        properties.put("camelbell.kafka.group", prefix + "camelbell");
        properties.put("camelbell.kafka.topics.ticket-events", prefix + "ticket-events");
        properties.put("camelbell.kafka.topics.users", prefix + "users");
        properties.put("camelbell.kafka.topics.dead-letters", prefix + "ticket-events-dlt");
        properties.put("camelbell.kafka.topics.users-dead-letters", prefix + "users-dlt");
        properties.put("camelbell.kafka.topics.announcements", prefix + "announcements");
        properties.put("camelbell.kafka.topics.status", prefix + "notification-status");
        return properties;
    }

    public static KafkaBroker kafka() {
        return Servers.KAFKA.get();
    }

    /** Shared: reset it, or make one of your own ({@code new Mailbox("localhost", 0, 0, 100)}). */
    public static Mailbox mailbox() {
        return Servers.MAILBOX.get();
    }

    /** Shared: reset it, or make one of your own. */
    public static CloudApiDouble whatsapp() {
        return Servers.WHATSAPP.get();
    }

    /** Signs tokens that the hub of {@link #properties} believes; another one in each JVM. */
    public static String jwtSecret() {
        return JWT_SECRET;
    }

    private static final class Servers {
        static final Lazy<KafkaBroker> KAFKA = new Lazy<>(KafkaBroker::start);
        static final Lazy<PostgresServer> POSTGRES = new Lazy<>(PostgresServer::start);
        static final Lazy<Mailbox> MAILBOX = new Lazy<>(() -> new Mailbox("localhost", 0, 0, KEEP));
        static final Lazy<CloudApiDouble> WHATSAPP =
                new Lazy<>(() -> new CloudApiDouble("localhost", 0, PHONE_NUMBER_ID, ACCESS_TOKEN, KEEP));
    }

    /** The database of which {@link #hubDatabase} makes copies. */
    private static final class Original {
        static final String NAME = migrate("original");

        private static String migrate(String name) {
            Flyway.configure()
                    .dataSource(source(Servers.POSTGRES.get().database(name)))
                    .load()
                    .migrate();
            return name;
        }
    }
}
