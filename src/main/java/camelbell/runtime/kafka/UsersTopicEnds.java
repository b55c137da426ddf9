package camelbell.runtime.kafka;

import camelbell.kafka.KafkaSettings;
import camelbell.model.StopSignal;
import camelbell.model.UsersTopic;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asked for each batch of events, which wait for it, so it is one exchange with the broker: a consumer that is a member of no
 * group and reads nothing knows who leads each partition, and its requests run on the thread that asks. An admin client of
 * kafka-clients 3.9 asks for the leaders each time, and hands each question to a thread of its own. Which partitions there are
 * it is asked all the same, once a second at most: a consumer answers that from memory, however long it was not used.
 */
@Component("usersTopicEnds")
class UsersTopicEnds implements UsersTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How old what is known of the partitions may be. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final KafkaTopics topics;
    private final String name;
    private final Duration knownFor;

    /** Whoever holds it uses what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Made when it is first needed: not every hub takes events. */
    private volatile @Nullable KafkaConsumer<byte[], byte[]> asker;

    private Set<TopicPartition> partitions = Set.of();
    private @Nullable Long looked;
    private volatile boolean stopped;

    @Autowired
    UsersTopicEnds(KafkaSettings settings, KafkaTopics topics, KafkaProperties kafka, StopSignal stop) {
        this(settings, topics, kafka, stop, KNOWN_FOR);
    }

    UsersTopicEnds(
            KafkaSettings settings, KafkaTopics topics, KafkaProperties kafka, StopSignal stop, Duration knownFor) {
        this.settings = settings;
        this.topics = topics;
        this.name = kafka.topics().users();
        this.knownFor = knownFor;
        stop.onStop(this::stop);
    }

    @Override
    public String name() {
        return name;
    }

    /** Errors: IllegalStateException when the broker does not say so in time or the hub stops, KafkaException of what it refuses. */
    @Override
    public Map<Integer, Long> endOffsets() {
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before asking how far topic " + name + " goes", e);
        }
        try {
            return ask();
        } catch (InterruptException e) { // its constructor has interrupted the thread again
            throw new IllegalStateException("Interrupted while asking how far topic " + name + " goes", e);
        } catch (WakeupException e) {
            throw stopping(e);
        } catch (TimeoutException e) {
            looked = null; // it may be another topic by now
            throw late(e);
        } finally {
            lock.unlock();
        }
    }

    private Map<Integer, Long> ask() {
        KafkaConsumer<byte[], byte[]> broker = asker();
        long now = System.nanoTime();
        if (looked == null || now - looked >= knownFor.toNanos()) {
            Set<TopicPartition> found = topics.partitions(name);
            if (!found.equals(partitions)) {
                broker.assign(found); // never read, but who leads them is remembered of those alone
                partitions = found;
            }
            looked = now;
        }
        Map<Integer, Long> ends = new HashMap<>();
        broker.endOffsets(partitions, PATIENCE).forEach((partition, end) -> {
            if (end > 0) {
                ends.put(partition.partition(), end);
            }
        });
        return ends;
    }

    private KafkaConsumer<byte[], byte[]> asker() {
        KafkaConsumer<byte[], byte[]> known = asker;
        if (known == null && !stopped) {
            known = settings.consumer(Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    "camelbell-users-ends",
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false));
            asker = known;
        }
        if (known == null || stopped) { // also when it was made while the hub began to stop, which did not wake it then
            throw stopping(null);
        }
        return known;
    }

    private IllegalStateException stopping(@Nullable Exception cause) {
        return new IllegalStateException(
                "The hub stops, so the broker is not asked how far topic " + name + " goes", cause);
    }

    private IllegalStateException late(@Nullable Exception cause) {
        return new IllegalStateException(
                "The broker did not say within " + PATIENCE.toSeconds() + " s how far topic " + name
                        + " goes; check camelbell.kafka.brokers",
                cause);
    }

    /** Whoever waits for the broker waits no more. */
    private void stop() {
        stopped = true;
        KafkaConsumer<byte[], byte[]> waiting = asker;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    @PreDestroy
    void close() {
        stop();
        lock.lock();
        try {
            KafkaConsumer<byte[], byte[]> left = asker;
            if (left != null) {
                left.close(Duration.ZERO);
                asker = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
