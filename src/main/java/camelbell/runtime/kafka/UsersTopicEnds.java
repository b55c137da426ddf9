package camelbell.runtime.kafka;

import camelbell.kafka.KafkaSettings;
import camelbell.model.UsersTopic;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asked for each batch of events, which wait for it, so it is one exchange with the broker: a consumer that is a member of no
 * group and reads nothing knows who leads each partition, and its requests run on the thread that asks. An admin client of
 * kafka-clients 3.9 asks for the leaders each time, and hands each question to a thread of its own.
 */
@Component("usersTopicEnds")
class UsersTopicEnds implements UsersTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How old what is known of partitions and their leaders may be: a new partition is waited for after that. */
    private static final int METADATA_AGE_MS = 1000;

    private final KafkaSettings settings;
    private final String name;

    /** Used by one thread at a time. Made when it is first needed: not every hub takes events. */
    private @Nullable KafkaConsumer<byte[], byte[]> asker;

    private Set<TopicPartition> partitions = Set.of();
    private boolean closed;

    UsersTopicEnds(KafkaSettings settings, KafkaProperties kafka) {
        this.settings = settings;
        this.name = kafka.topics().users();
    }

    @Override
    public String name() {
        return name;
    }

    /** Errors: IllegalStateException when the broker does not say so in time or the hub stops, KafkaException of what it refuses. */
    @Override
    public synchronized Map<Integer, Long> endOffsets() {
        try {
            KafkaConsumer<byte[], byte[]> broker = asker();
            lookForPartitions(broker);
            Map<Integer, Long> ends = new HashMap<>();
            broker.endOffsets(partitions, PATIENCE).forEach((partition, end) -> {
                if (end > 0) {
                    ends.put(partition.partition(), end);
                }
            });
            return ends;
        } catch (InterruptException e) { // the thread is interrupted again by its constructor
            throw new IllegalStateException("Interrupted while asking how far topic " + name + " goes", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The broker did not say within " + PATIENCE.toSeconds() + " s how far topic " + name
                            + " goes; check camelbell.kafka.brokers",
                    e);
        }
    }

    private KafkaConsumer<byte[], byte[]> asker() {
        if (closed) {
            throw new IllegalStateException(
                    "The hub stops, so the broker is not asked how far topic " + name + " goes");
        }
        if (asker == null) {
            asker = settings.consumer(Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    "camelbell-users-ends",
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                    METADATA_AGE_MS));
        }
        return asker;
    }

    /** What is known of the topic is only kept of partitions that are assigned, though they are never read. */
    private void lookForPartitions(KafkaConsumer<byte[], byte[]> broker) {
        Set<TopicPartition> found = new HashSet<>();
        broker.partitionsFor(name, PATIENCE).forEach(one -> found.add(new TopicPartition(name, one.partition())));
        if (!found.equals(partitions)) {
            broker.assign(found);
            partitions = found;
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        if (asker != null) {
            asker.close(Duration.ZERO);
            asker = null;
        }
    }
}
