package camelbell.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the hub's intake is measured against: the same rows in the same tables by kafka-clients and multi-row INSERTs,
 * in one plain loop with everything else left out: no validation, no dead letters, no templates, no metrics. Settings are
 * system properties, named as the hub's; {@code bench.users} is a file of users.
 */
final class HandWrittenLoop {

    private static final JsonMapper JSON = new JsonMapper();

    private HandWrittenLoop() {}

    public static void main(String[] args) throws SQLException, IOException {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", System.getProperty("camelbell.kafka.brokers"));
        kafka.put("group.id", System.getProperty("camelbell.kafka.group"));
        kafka.put("max.poll.records", 500);
        kafka.put("enable.auto.commit", "false");
        kafka.put("auto.offset.reset", "earliest");
        Map<String, String> settings = new HashMap<>();
        System.getProperties().forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
        try (Connection db = Rows.connect(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            db.setAutoCommit(false);
            HandWrittenRows rows = new HandWrittenRows(db, users());
            consumer.subscribe(List.of(System.getProperty("camelbell.kafka.topics.ticket-events")));
            System.out.println("ready");
            while (true) {
                var polled = consumer.poll(Duration.ofMillis(20));
                if (!polled.isEmpty()) {
                    List<JsonNode> events = new ArrayList<>();
                    for (ConsumerRecord<byte[], byte[]> event : polled) {
                        events.add(JSON.readTree(event.value()));
                    }
                    rows.store(events);
                    db.commit();
                    consumer.commitSync();
                }
            }
        }
    }

    private static Map<Long, JsonNode> users() throws IOException {
        Map<Long, JsonNode> users = new HashMap<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("bench.users")))) {
            JsonNode user = JSON.readTree(line);
            users.put(user.get("id").asLong(), user);
        }
        return users;
    }
}
