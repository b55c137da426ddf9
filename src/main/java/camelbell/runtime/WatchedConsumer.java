package camelbell.runtime;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A Kafka consumer that remembers how it is doing, for those who must not touch it: all but its own thread. */
final class WatchedConsumer extends BoundedConsumer {

    private static final Duration POSITIONS_EVERY = Duration.ofSeconds(1);

    private final String group;
    private final boolean commitsByItself;
    private final int failuresBefore;
    private final Runnable whenThrough;
    private final Thread thread = Thread.currentThread();
    private volatile long polled = System.nanoTime();
    private volatile boolean gotThrough;
    private volatile boolean told;
    private volatile boolean closed;
    private volatile Set<TopicPartition> assigned = Set.of();
    private volatile Map<TopicPartition, Long> positions = Map.of();
    private volatile @Nullable RuntimeException failure;
    private long positionsNoted;

    /**
     * @param batchBytes of records that it hands over at once
     * @param failuresBefore how many consumers before this one came to nothing
     * @param whenThrough done once this one has got something through
     */
    WatchedConsumer(Properties properties, int batchBytes, int failuresBefore, Runnable whenThrough) {
        super(properties, batchBytes);
        this.group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG, "");
        this.commitsByItself = Boolean.parseBoolean(
                String.valueOf(properties.getOrDefault(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "true")));
        this.failuresBefore = failuresBefore;
        this.whenThrough = whenThrough;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            assigned = assignment();
            notePositions(records.isEmpty());
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
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            polled = System.nanoTime();
        }
    }

    /** Where this one has read to, seen now and then while nothing comes: to the end, though that may be no record. */
    private void notePositions(boolean idle) {
        long now = System.nanoTime();
        if (!idle || now - positionsNoted < POSITIONS_EVERY.toNanos()) {
            return;
        }
        positionsNoted = now;
        Map<TopicPartition, Long> found = new HashMap<>();
        for (TopicPartition partition : assigned) {
            try {
                found.put(partition, position(partition, Duration.ZERO));
            } catch (TimeoutException unknown) {
                // looked for again
            }
        }
        positions = found;
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        super.commitSync(offsets, timeout);
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

    /** When the newest poll ended, in {@link System#nanoTime}; when it was made while there was none. */
    long polled() {
        return polled;
    }

    Set<TopicPartition> assigned() {
        return closed ? Set.of() : assigned;
    }

    /** Next offset to be read of each partition, as of the last second in which nothing came. */
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
