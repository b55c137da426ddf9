package camelbell.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer whose owner has allowed it large records, or that makes them small on the way. */
final class Bulk implements AutoCloseable {

    private static final int LARGEST = 16 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /** With a compression as Kafka names it: {@code none}, {@code gzip}. */
    Bulk(Rig rig, String compression) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        rig.topics.brokers(),
                        "compression.type",
                        compression,
                        "max.request.size",
                        LARGEST,
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void post(String topic, String key, byte[] value) {
        post(topic, key, value, null);
    }

    /** With the record's timestamp in whatever unit; null for now. */
    void post(String topic, String key, byte[] value, @Nullable Long timestamp) {
        ProducerRecord<byte[], byte[]> posted =
                new ProducerRecord<>(topic, null, timestamp, key.getBytes(StandardCharsets.UTF_8), value);
        var unused = producer.send(posted, (metadata, fault) -> {
            if (fault != null) {
                failures.add(topic + ": " + fault);
            }
        });
    }

    /** Waits for the broker. Errors: what it did not take. */
    void flush() {
        producer.flush();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("not posted to " + failures);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
