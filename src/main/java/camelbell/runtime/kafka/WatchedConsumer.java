package camelbell.runtime.kafka;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A Kafka consumer that remembers how it is doing, for those who must not touch it: all but its own thread. */
final class WatchedConsumer extends BoundedConsumer {

    /** After {@code whenReadTo} could not note it. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String group;
    private final boolean commitsByItself;
    private final int failuresBefore;
    private final Runnable whenThrough;
    private final Predicate<Map<TopicPartition, Long>> whenReadTo;

    /** Behind what was handed over and is not committed yet; touched by its own thread only. */
    private final Map<TopicPartition, Long> open = new HashMap<>();

    private Map<TopicPartition, Long> noted = Map.of();
    private long noteFrom = System.nanoTime();

    private final Thread thread = Thread.currentThread();
    private volatile long alive = System.nanoTime();
    private volatile boolean gotThrough;
    private volatile boolean told;
    private volatile boolean closed;
    private volatile Set<TopicPartition> assigned = Set.of();
    private volatile Map<TopicPartition, Long> positions = Map.of();
    private volatile @Nullable RuntimeException failure;

    /**
     * @param batchBytes of records that it hands over at once
     * @param batchInterval least time between the beginnings of two batches
     * @param failuresBefore how many consumers before this one came to nothing
     * @param whenThrough done once this one has got something through
     * @param whenReadTo told, while nothing comes and all that came is committed, how far this one has read;
     *     answers whether that is noted
     */
    WatchedConsumer(
            Properties properties,
            int batchBytes,
            Duration batchInterval,
            int failuresBefore,
            Runnable whenThrough,
            Predicate<Map<TopicPartition, Long>> whenReadTo) {
        super(properties, batchBytes, batchInterval);
        this.group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG, "");
        this.commitsByItself = Boolean.parseBoolean(
                String.valueOf(properties.getOrDefault(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "true")));
        this.failuresBefore = failuresBefore;
        this.whenThrough = whenThrough;
        this.whenReadTo = whenReadTo;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            assigned = assignment();
            open.keySet().retainAll(assigned);
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<Object, Object>> handedOver = records.records(partition);
                open.put(partition, handedOver.get(handedOver.size() - 1).offset() + 1);
            }
            if (records.isEmpty() && !holdsMore() && (commitsByItself || open.isEmpty())) {
                notePositions();
            }
            if (commitsByItself && !assigned.isEmpty()) {
                getsThrough();
            }
            return records;
        } catch (WakeupException stop) {
            throw stop;
        } catch (InterruptException e) {
            if (told) {
                throw e;
            }
            failure = new IllegalStateException("The consumer's thread was interrupted by nobody who stops it", e);
            boolean unused = Thread.interrupted(); // or camel-kafka 4.17 polls and fails for ever, without a pause
            throw failure;
        } catch (AuthenticationException refused) {
            failure = refused;
            // by its own name camel-kafka 4.17 takes it for the end of the route, and a password is changed while hubs
            // run
            throw new KafkaException("The broker does not let the consumer in", refused);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            alive = System.nanoTime();
        }
    }

    /** Where this one has read to: to the end, though that may be no record. */
    private void notePositions() {
        Map<TopicPartition, Long> found = new HashMap<>();
        for (TopicPartition partition : assigned) {
            try {
                found.put(partition, position(partition, Duration.ZERO));
            } catch (TimeoutException unknown) {
                // looked for again
            }
        }
        positions = found;
        if (!found.equals(noted) && System.nanoTime() - noteFrom >= 0) {
            if (whenReadTo.test(found)) {
                noted = found;
            } else {
                noteFrom = System.nanoTime() + PAUSE.toNanos();
            }
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        super.commitSync(offsets, timeout);
        offsets.forEach((partition, next) ->
                open.computeIfPresent(partition, (same, behind) -> next.offset() < behind ? behind : null));
        alive = System.nanoTime(); // a batch of many portions moves with each
        getsThrough();
    }

    private void getsThrough() {
        if (!gotThrough) {
            gotThrough = true;
            whenThrough.run();
        }
    }

    /** To be called from any thread, and by Camel when the route stops. */
    @Override
    public void wakeup() {
        told = true;
        super.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }

    /** Closed for good, by whichever thread: what a thread that has died left open still holds its partitions. */
    void closeLeft() {
        try {
            close(Duration.ofSeconds(1));
        } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
            // its session runs out by itself
        } finally {
            closed = true;
        }
    }

    String group() {
        return group;
    }

    Thread thread() {
        return thread;
    }

    boolean closed() {
        return closed;
    }

    /** When the newest poll ended or offsets were committed, in {@link System#nanoTime}; when it was made while neither was. */
    long alive() {
        return alive;
    }

    Set<TopicPartition> assigned() {
        return closed ? Set.of() : assigned;
    }

    /** Next offset to be read of each partition, as of when nothing came and all that had come was committed. */
    Map<TopicPartition, Long> positions() {
        return positions;
    }

    /** Told to stop; nobody waits for this any more. */
    boolean told() {
        return told;
    }

    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** How many consumers in a row, with this one, came to nothing; one that got something through begins anew. */
    int failures() {
        return gotThrough ? 1 : failuresBefore + 1;
    }
}
