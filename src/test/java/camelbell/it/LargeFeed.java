package camelbell.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Producers of large records, and the topics that take them. Each record is on the broker when a method returns. */
final class LargeFeed implements AutoCloseable {

    private static final int LARGEST = 256 * 1024 * 1024;

    private final Hub hub;
    private final Admin admin;

    LargeFeed(Hub hub) {
        this.hub = hub;
        this.admin = admin();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", Stack.kafka().bootstrapServers()));
    }

    /** A topic as somebody else has made it, before there is a hub. */
    static void create(@Nullable String topic, int maxMessageBytes) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                            .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes)))))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("Cannot create " + topic, failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    /** Has the topic that the key names take records of that size from now on. */
    void raise(String key, int maxMessageBytes) throws Exception {
        hub.partitions(key);
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, hub.property("camelbell.kafka.topics." + key));
        admin.incrementalAlterConfigs(Map.of(
                        topic,
                        List.of(new AlterConfigOp(
                                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes)),
                                AlterConfigOp.OpType.SET))))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    /** Deletes the topic's records up to this one, as retention does. */
    void forget(RecordMetadata record) throws Exception {
        admin.deleteRecords(Map.of(
                        new TopicPartition(record.topic(), record.partition()),
                        RecordsToDelete.beforeOffset(record.offset() + 1)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    RecordMetadata post(String topic, String key, byte[] value, Map<String, byte[]> headers) throws Exception {
        return post(topic, key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    RecordMetadata post(String topic, byte[] key, byte[] value, Map<String, byte[]> headers) throws Exception {
        return send(Map.of("max.request.size", LARGEST, "buffer.memory", LARGEST), topic, key, value, headers);
    }

    /** By a producer that nobody has told anything. */
    RecordMetadata postByDefault(String topic, String key, byte[] value) throws Exception {
        return send(Map.of(), topic, key.getBytes(StandardCharsets.UTF_8), value, Map.of());
    }

    RecordMetadata postCompressed(String topic, String key, byte[] value) throws Exception {
        return send(
                Map.of("max.request.size", LARGEST, "buffer.memory", LARGEST, "compression.type", "gzip"),
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                Map.of());
    }

    /** Compressed so well that all of them come with one fetch. */
    void postTogether(String topic, String key, List<byte[]> values) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        Stack.kafka().bootstrapServers(),
                        "compression.type",
                        "gzip",
                        "linger.ms",
                        2000,
                        "batch.size",
                        LARGEST / 8,
                        "max.request.size",
                        LARGEST,
                        "buffer.memory",
                        LARGEST),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (byte[] value : values) {
                sent.add(kafka.send(new ProducerRecord<>(
                        hub.property("camelbell.kafka.topics." + topic), key.getBytes(StandardCharsets.UTF_8), value)));
            }
            kafka.flush();
        }
        for (Future<RecordMetadata> one : sent) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    private RecordMetadata send(
            Map<String, Object> settings, String topic, byte[] key, byte[] value, Map<String, byte[]> headers)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", Stack.kafka().bootstrapServers());
        ProducerRecord<byte[], byte[]> one =
                new ProducerRecord<>(hub.property("camelbell.kafka.topics." + topic), key, value);
        headers.forEach(one.headers()::add);
        try (KafkaProducer<byte[], byte[]> kafka =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            return kafka.send(one).get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
