package camelbell.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the hub's intake is measured against: the same rows in the same tables by kafka-clients and multi-row INSERTs,
 * in one plain loop with everything else left out: no validation, no dead letters, no templates, no metrics.
 */
final class HandWrittenLoop {

    private static final JsonMapper JSON = new JsonMapper();

    private final Connection db;
    private final HandWrittenRows rows;

    HandWrittenLoop(Connection db, Map<Long, JsonNode> users) {
        this.db = db;
        this.rows = new HandWrittenRows(db, users);
    }

    /** Reads the topic until so many records are stored. */
    void run(Properties kafka, String topic, int records, int batchSize) throws SQLException {
        kafka.put("max.poll.records", batchSize);
        kafka.put("enable.auto.commit", "false");
        kafka.put("auto.offset.reset", "earliest");
        db.setAutoCommit(false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            int done = 0;
            while (done < records) {
                var polled = consumer.poll(Duration.ofMillis(20));
                if (!polled.isEmpty()) {
                    List<JsonNode> events = new ArrayList<>();
                    polled.forEach(record -> events.add(parse(record)));
                    rows.store(events);
                    db.commit();
                    consumer.commitSync();
                    done += polled.count();
                }
            }
        }
    }

    private static JsonNode parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
