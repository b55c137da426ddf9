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
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A consumer whose batches are bounded by bytes as well as by records. Kafka's own bounds count what is fetched,
 * compressed; here counts what a record takes once it is read, so few are read at once, and what a batch has no room for is
 * held for the next. Camel gathers polls until it has a batch or a poll brings nothing (measured on 4.17.0): a batch that is
 * full by bytes is ended with an empty poll.
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

    private final int mostRecords;
    private final long mostBytes;
    private final Deque<ConsumerRecord<Object, Object>> held = new ArrayDeque<>();
    private int records;
    private long bytes;
    private @Nullable Long since;
    private @Nullable RuntimeException later;

    /**
     * As configured, but for how much it reads at once.
     *
     * @param mostBytes of a batch; a record that is larger comes alone
     */
    BoundedConsumer(Properties configured, int mostBytes) {
        super(fewAtOnce(configured, mostBytes));
        this.mostRecords = Integer.parseInt(configured
                .getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500)
                .toString());
        this.mostBytes = mostBytes;
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
        if (bytes >= mostBytes) {
            rest(timeout);
            forget();
            return ConsumerRecords.empty();
        }
        if (!held.isEmpty()) {
            return gather(ConsumerRecords.empty());
        }
        ConsumerRecords<Object, Object> next = super.poll(timeout);
        if (next.isEmpty()) {
            if (since != null && System.nanoTime() - since >= timeout.toNanos() + MARGIN) {
                forget();
            }
            return next;
        }
        return gather(next);
    }

    private ConsumerRecords<Object, Object> gather(ConsumerRecords<Object, Object> first) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> found = new LinkedHashMap<>();
        first.forEach(held::add);
        while (!held.isEmpty() && !isFull()) {
            ConsumerRecord<Object, Object> one = held.remove();
            found.computeIfAbsent(placeOf(one), place -> new ArrayList<>()).add(one);
            records++;
            bytes += size(one);
            if (held.isEmpty() && !isFull()) {
                more().forEach(held::add);
            }
        }
        if (records >= mostRecords) {
            forget();
        }
        return new ConsumerRecords<>(found);
    }

    /** What is read already is handed out first, whatever becomes of the next. */
    private ConsumerRecords<Object, Object> more() {
        try {
            return super.poll(Duration.ZERO);
        } catch (RuntimeException e) {
            later = e;
            return ConsumerRecords.empty();
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
