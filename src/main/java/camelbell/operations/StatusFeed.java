package camelbell.operations;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the hub says on notification-status from now on, to a reader of its own that joins no group. */
final class StatusFeed implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 10_000;

    private final KafkaSettings settings;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> kafka;

    private StatusFeed(KafkaSettings settings, String topic) {
        this.settings = settings;
        this.topic = topic;
        this.kafka = settings.consumer(own());
    }

    /** From the topic's present end. Errors: a broker that does not answer, or does not let us read. */
    static StatusFeed open(KafkaSettings settings, String topic) {
        StatusFeed feed = new StatusFeed(settings, topic);
        try {
            feed.seekToEnd();
            return feed;
        } catch (KafkaException e) {
            feed.close();
            throw feed.unreadable(e);
        }
    }

    private void seekToEnd() {
        List<TopicPartition> partitions = kafka.partitionsFor(topic).stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
        kafka.assign(partitions);
        kafka.seekToEnd(partitions);
        partitions.forEach(kafka::position); // now, not at the first look
    }

    /** What has come, after so long at most; empty when nothing has. */
    List<JsonNode> next(Duration wait) {
        List<JsonNode> said = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : kafka.poll(wait)) {
                said.add(parsed(record.value()));
            }
        } catch (KafkaException e) {
            throw unreadable(e);
        }
        return said;
    }

    /** Others may write there, too; what is no JSON says nothing of our event. */
    private static JsonNode parsed(byte @Nullable [] value) {
        try {
            return value == null ? MissingNode.getInstance() : JSON.readTree(value);
        } catch (IOException foreign) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        kafka.close(Duration.ofSeconds(1));
    }

    private CommandFailedException unreadable(KafkaException e) {
        return new CommandFailedException(
                KafkaTrouble.of(settings, "reading topic " + topic, e)
                        + " With --wait 0s the event is posted all the same.",
                e);
    }

    private static Map<String, Object> own() {
        return Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "camelbell-send-" + UUID.randomUUID(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MS,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MS - 1);
    }
}
