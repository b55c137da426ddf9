package camelbell.bench.endtoend;

import camelbell.bench.HandWrittenRows;
import camelbell.bench.HandWrittenRows.Open;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The limit: the same work by hand, with everything left out that makes a hub of it. A poll becomes one batch of INSERTs,
 * connections to both providers are kept, fifty outcomes become one UPDATE. No retries, no leases, no templates, no sockets,
 * no duplicates after a crash told apart. Settings are system properties, named as the hub's.
 */
final class EndToEndLoop {

    static final int MAIL_CONNECTIONS = 8;
    static final int HTTP_CONNECTIONS = 16;
    private static final int IN_MEMORY = 4000; // of each channel, as in the hub

    private static final JsonMapper JSON = new JsonMapper();

    private EndToEndLoop() {}

    public static void main(String[] args) throws SQLException, IOException, InterruptedException {
        BlockingQueue<Open> mails = new ArrayBlockingQueue<>(IN_MEMORY);
        BlockingQueue<Open> messages = new ArrayBlockingQueue<>(IN_MEMORY);
        Outcomes outcomes = new Outcomes(connect());
        start("outcomes", outcomes::write);
        int smtp = Integer.getInteger("camelbell.mail.port");
        int http = Integer.getInteger("bench.cloud-api.port");
        for (int i = 0; i < MAIL_CONNECTIONS; i++) {
            start("mail", () -> new SmtpLine(smtp).sendAll(mails, outcomes));
        }
        for (int i = 0; i < HTTP_CONNECTIONS; i++) {
            start("whatsapp", () -> new CloudApiLine(http).sendAll(messages, outcomes));
        }
        take(mails, messages);
    }

    /** What may fail ends the process: a limit that goes on without a part of itself is none. */
    interface Task {
        void run() throws SQLException, IOException, InterruptedException;
    }

    private static void start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (SQLException | IOException | InterruptedException e) {
                        e.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    }
                },
                name);
        thread.start();
    }

    private static void take(BlockingQueue<Open> mails, BlockingQueue<Open> messages)
            throws SQLException, IOException, InterruptedException {
        Map<Long, JsonNode> users = new HashMap<>();
        for (byte[] user : Load.users()) {
            JsonNode person = JSON.readTree(user);
            users.put(person.get("id").asLong(), person);
        }
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                System.getProperty("camelbell.kafka.brokers"),
                "group.id",
                System.getProperty("camelbell.kafka.group"),
                "max.poll.records",
                500,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        try (Connection db = connect();
                KafkaConsumer<byte[], byte[]> kafka =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            HandWrittenRows rows = new HandWrittenRows(db, users);
            kafka.subscribe(List.of(System.getProperty("camelbell.kafka.topics.ticket-events")));
            System.out.println("ready");
            while (true) {
                var polled = kafka.poll(Duration.ofMillis(20));
                if (!polled.isEmpty()) {
                    List<JsonNode> events = new ArrayList<>();
                    for (ConsumerRecord<byte[], byte[]> event : polled) {
                        events.add(JSON.readTree(event.value()));
                    }
                    List<Open> open = rows.store(events);
                    db.commit();
                    kafka.commitSync();
                    for (Open one : open) {
                        (one.channel().equals("EMAIL") ? mails : messages).put(one);
                    }
                }
            }
        }
    }

    private static Connection connect() throws SQLException {
        Connection db = DriverManager.getConnection(
                System.getProperty("spring.datasource.url"),
                System.getProperty("spring.datasource.username"),
                System.getProperty("spring.datasource.password"));
        db.setAutoCommit(false);
        return db;
    }
}
