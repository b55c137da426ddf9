package camelbell.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A consumer whose batches are bounded by bytes as well as by records. Kafka's own bounds count what is fetched,
 * compressed; here counts what a record takes once it is read, so records are read one by one. Camel gathers polls until
 * it has a batch or a poll brings nothing (measured on 4.17.0): a batch that is full by bytes is ended with an empty poll.
 */
class BoundedConsumer extends KafkaConsumer<Object, Object> {

    /** Camel's watch counts whole milliseconds. */
    private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(2);

    private final int mostRecords;
    private final long mostBytes;
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
        super(oneByOne(configured, mostBytes));
        this.mostRecords = Integer.parseInt(configured
                .getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500)
                .toString());
        this.mostBytes = mostBytes;
    }

    private static Properties oneByOne(Properties configured, int mostBytes) {
        Properties all = new Properties();
        all.putAll(configured);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
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
        for (ConsumerRecords<Object, Object> next = first;
                !next.isEmpty();
                next = isFull() ? ConsumerRecords.empty() : more()) {
            for (ConsumerRecord<Object, Object> one : next) {
                found.computeIfAbsent(new TopicPartition(one.topic(), one.partition()), place -> new ArrayList<>())
                        .add(one);
                records++;
                bytes += size(one);
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
