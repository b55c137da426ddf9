package camelbell.runtime.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A consumer whose batches are bounded by bytes as well as by records. Kafka's own bounds count what is fetched,
 * compressed; here counts what a record takes once it is read, so few are read at once, and what a batch has no room for is
 * held for the next. Camel gathers polls until it has a batch, or until one brings nothing when the batch is as old as the
 * time-out of a poll (measured on 4.17.0).
 *
 * <p>Nothing waits for a clock. While no batch is open a poll waits until something comes, whatever its time-out: that is only
 * how long a batch is kept open for more. When it is 0, the next poll after one that brought something brings nothing, so that
 * what is there goes at once; what comes while it is worked on is the next batch. Batches that follow each other faster than
 * an interval are gathered for so long: each costs a transaction.
 */
class BoundedConsumer extends KafkaConsumer<Object, Object> {

    /** Camel's watch counts whole milliseconds. */
    private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * More than one: kafka-clients 3.9 sees that it has given out all of a partition only when it is asked for more than
     * there is. Before that it leaves the partition out of its next fetch, and while that waits for others
     * ({@code fetch.max.wait.ms}), whatever comes to this one waits, too.
     */
    private static final int AT_ONCE = 4;

    /**
     * The longest wait for something to come: Camel stops a route when a poll has ended, and wakes nobody for it. When the
     * whole hub stops, {@link #endIdleWait} does.
     */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** The wait after a batch, after which it is known how far this one has read, whatever that ends in. */
    private static final Duration SETTLED = Duration.ofMillis(20);

    private final int mostRecords;
    private final long mostBytes;
    private final long interval;
    private final Duration longestIdleWait;
    private final IdleWait idleWait = new IdleWait();
    private final Deque<ConsumerRecord<Object, Object>> held = new ArrayDeque<>();
    private int records;
    private long bytes;
    private @Nullable Long since;
    private boolean idle;
    private long begun = System.nanoTime();
    private @Nullable RuntimeException later;

    /**
     * As configured, but for how much it reads at once.
     *
     * @param mostBytes of a batch; a record that is larger comes alone
     * @param interval least time between the beginnings of two batches
     */
    BoundedConsumer(Properties configured, int mostBytes, Duration interval) {
        this(configured, mostBytes, interval, IDLE);
    }

    BoundedConsumer(Properties configured, int mostBytes, Duration interval, Duration longestIdleWait) {
        super(fewAtOnce(configured, mostBytes));
        this.longestIdleWait = longestIdleWait;
        this.mostRecords = Integer.parseInt(configured
                .getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500)
                .toString());
        this.mostBytes = mostBytes;
        this.interval = interval.toNanos();
    }

    private static Properties fewAtOnce(Properties configured, int mostBytes) {
        Properties all = new Properties();
        all.putAll(configured);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, mostBytes);
        return all;
    }

    /** What is there, as far as the batch has room for it. */
    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        throwLater();
        if (records > 0 && since == null) {
            since = System.nanoTime();
        }
        if (bytes >= mostBytes || (records > 0 && timeout.isZero())) {
            rest(timeout);
            forget();
            return ConsumerRecords.empty();
        }
        if (!held.isEmpty()) {
            return gather(ConsumerRecords.empty());
        }
        if (since == null) {
            ConsumerRecords<Object, Object> first = idle ? await() : super.poll(SETTLED);
            idle = first.isEmpty();
            return idle ? first : gather(first);
        }
        ConsumerRecords<Object, Object> next = super.poll(timeout);
        if (next.isEmpty()) {
            if (System.nanoTime() - since >= timeout.toNanos() + MARGIN) {
                forget();
            }
            return next;
        }
        return gather(next);
    }

    private ConsumerRecords<Object, Object> await() {
        if (!idleWait.begin()) {
            return super.poll(SETTLED); // the hub stops
        }
        ConsumerRecords<Object, Object> found;
        try {
            found = super.poll(longestIdleWait);
        } catch (RuntimeException e) {
            if (idleWait.over()) {
                throw e;
            }
            takeWakeup();
            if (e instanceof WakeupException) {
                return ConsumerRecords.empty();
            }
            throw e;
        }
        if (!idleWait.over()) {
            takeWakeup();
        }
        return found;
    }

    /** One that came after the wait had ended by itself would break off the next request, such as a commit. */
    private void takeWakeup() {
        try {
            super.poll(Duration.ZERO).forEach(held::add);
        } catch (WakeupException taken) {
            // that is all it was for
        }
    }

    /** From now on nothing waits for more than a moment: the hub stops. To be called from any thread. */
    void endIdleWait() {
        idleWait.end(super::wakeup);
    }

    /** Whether its thread waits for something to come, however long that takes. */
    boolean waitsIdle() {
        return idleWait.lasts();
    }

    private ConsumerRecords<Object, Object> gather(ConsumerRecords<Object, Object> first) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> found = new LinkedHashMap<>();
        first.forEach(held::add);
        long until = records == 0 ? begun + interval : begun;
        while (!held.isEmpty() && !isFull()) {
            ConsumerRecord<Object, Object> one = held.remove();
            found.computeIfAbsent(placeOf(one), place -> new ArrayList<>()).add(one);
            records++;
            bytes += size(one);
            if (held.isEmpty() && !isFull()) {
                holdMore(until);
            }
        }
        begun = System.nanoTime();
        if (records >= mostRecords) {
            forget();
        }
        return new ConsumerRecords<>(found);
    }

    /** What is read already is handed out first, whatever becomes of the next. */
    private void holdMore(long until) {
        try {
            long left;
            do {
                left = Math.max(0, until - System.nanoTime());
                super.poll(Duration.ofMillis(
                                TimeUnit.NANOSECONDS.toMillis(left + 999_999))) // whole ones are all it waits
                        .forEach(held::add);
            } while (held.isEmpty() && left > 0);
        } catch (RuntimeException e) {
            later = e;
        }
    }

    /** Whether something has been read that was not handed out yet. */
    boolean holdsMore() {
        return !held.isEmpty();
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        held.removeIf(one -> placeOf(one).equals(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata place) {
        held.removeIf(one -> placeOf(one).equals(partition));
        super.seek(partition, place);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        held.removeIf(one -> partitions.isEmpty() || partitions.contains(placeOf(one)));
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        held.removeIf(one -> partitions.isEmpty() || partitions.contains(placeOf(one)));
        super.seekToEnd(partitions);
    }

    private static TopicPartition placeOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void throwLater() {
        RuntimeException failure = later;
        later = null;
        if (failure != null) {
            throw failure;
        }
    }

    private boolean isFull() {
        return records >= mostRecords || bytes >= mostBytes;
    }

    /** Camel ends a batch at an empty poll only when the batch is as old as the time-out of a poll. */
    private void rest(Duration timeout) {
        if (timeout.isZero()) {
            return;
        }
        try {
            long old = since == null ? 0 : System.nanoTime() - since;
            TimeUnit.NANOSECONDS.sleep(timeout.toNanos() + MARGIN - old);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void forget() {
        records = 0;
        bytes = 0;
        since = null;
    }

    private static long size(ConsumerRecord<?, ?> record) {
        long size = Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
