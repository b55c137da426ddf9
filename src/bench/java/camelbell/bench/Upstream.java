package camelbell.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Whoever posts what is measured: to the topics that a hub's settings name. */
public final class Upstream implements AutoCloseable {

    private static final String TOPICS = "camelbell.kafka.topics.";
    private static final int PARTITIONS = 6;

    private final Map<String, String> properties;
    private final KafkaProducer<byte[], byte[]> kafka;

    /** @param properties {@code camelbell.kafka.brokers} and the topics' names */
    public Upstream(Map<String, String> properties) {
        this.properties = properties;
        this.kafka = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers(properties),
                        "linger.ms",
                        5,
                        "buffer.memory",
                        134_217_728L,
                        "enable.idempotence",
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** All that the settings name, with as many partitions as the hub gives them. */
    public static void createTopics(Map<String, String> properties)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers(properties)))) {
            List<NewTopic> topics = properties.entrySet().stream()
                    .filter(property -> property.getKey().startsWith(TOPICS))
                    .map(property -> new NewTopic(property.getValue(), PARTITIONS, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        }
    }

    /** Bytes that the broker keeps of a topic that the settings name. */
    public static long kept(Map<String, String> properties, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        String name = Objects.requireNonNull(properties.get(TOPICS + topic));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers(properties)))) {
            int broker = admin.describeCluster()
                    .nodes()
                    .get(30, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .id();
            return admin.describeLogDirs(List.of(broker)).allDescriptions().get(30, TimeUnit.SECONDS).values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(name))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        }
    }

    private static String brokers(Map<String, String> properties) {
        return Objects.requireNonNull(properties.get("camelbell.kafka.brokers"));
    }

    /** Does not wait for the broker. */
    public void post(String topic, String key, byte[] value) {
        var unused = kafka.send(
                new ProducerRecord<>(properties.get(TOPICS + topic), key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Until the broker has all of it. */
    public void flush() {
        kafka.flush();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
