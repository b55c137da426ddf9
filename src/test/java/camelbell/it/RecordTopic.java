package camelbell.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic of one hub from its beginning, each record once. */
final class RecordTopic implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** @param key names the topic in the configuration, such as {@code dead-letters} */
    RecordTopic(Hub hub, String key) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", hub.property("camelbell.kafka.brokers"), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(hub.partitions(key));
    }

    /** All that has been published so far; those of one key in their order. */
    List<ConsumerRecord<byte[], byte[]>> all() {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        return List.copyOf(records);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
