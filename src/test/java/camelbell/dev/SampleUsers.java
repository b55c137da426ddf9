package camelbell.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A handful of people, so that a first event has somebody to tell. */
public final class SampleUsers {

    private SampleUsers() {}

    /** Publishes them unless the topic holds somebody already. */
    public static void publishOnce(String brokers, String topic) {
        if (!isEmpty(brokers, topic)) {
            return;
        }
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer())) {
            for (JsonNode user : all()) {
                var unused = producer.send(new ProducerRecord<>(
                        topic, user.get("id").asText(), user.toString().getBytes(UTF_8)));
            }
        }
    }

    /** As the users topic has them. */
    public static List<JsonNode> all() {
        try (InputStream in = Objects.requireNonNull(SampleUsers.class.getResourceAsStream("/embedded/users.ndjson"));
                var users = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            return users.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sample users", e);
        }
    }

    private static boolean isEmpty(String brokers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream().allMatch(end -> end == 0);
        }
    }
}
