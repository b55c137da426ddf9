package camelbell.operations;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics of dead letters, as a reader of its own that commits nothing: what one operator looked at, the next
 * one finds again.
 *
 * @param origins where the dead letters of a topic came from
 */
record DeadLetters(KafkaSettings kafka, Map<String, String> origins) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Bytes; a larger record comes alone. One is read at a time, because dead letters are as large as what died. */
    private static final int FETCH = 256 * 1024;

    /**
     * Shows each dead letter that lies there now, from the time on; those of one partition in their order, until the reader
     * has seen enough. Errors: DeadLettersUnavailableException when the broker does not answer.
     */
    void read(Instant since, Predicate<StoredDeadLetter> goOn) {
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : origins.keySet()) {
                for (PartitionInfo one : reader.partitionsFor(topic)) {
                    partitions.add(new TopicPartition(topic, one.partition()));
                }
            }
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            Map<TopicPartition, Long> asked = new HashMap<>();
            partitions.forEach(partition -> asked.put(partition, Math.max(0, since.toEpochMilli())));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = reader.offsetsForTimes(asked);
            partitions.removeIf(partition -> starts.get(partition) == null);
            reader.assign(partitions);
            starts.forEach((partition, start) -> {
                if (start != null) {
                    reader.seek(partition, start.offset());
                }
            });
            read(reader, ends, goOn);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private void read(
            KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends, Predicate<StoredDeadLetter> goOn) {
        long progress = System.nanoTime();
        while (reader.assignment().stream()
                .anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                progress = System.nanoTime();
                if (!goOn.test(new StoredDeadLetter(record))) {
                    return;
                }
            }
            if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw unreachable(null);
            }
        }
    }

    /** The record at one place, of any topic, or null when nothing lies there (any more). */
    @Nullable
    StoredDeadLetter at(String topic, int partition, long offset) {
        TopicPartition place = new TopicPartition(topic, partition);
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            List<PartitionInfo> partitions = reader.partitionsFor(topic);
            if (partitions == null
                    || partitions.size() <= partition
                    || reader.beginningOffsets(List.of(place)).getOrDefault(place, 0L) > offset
                    || reader.endOffsets(List.of(place)).getOrDefault(place, 0L) <= offset) {
                return null;
            }
            reader.assign(List.of(place));
            reader.seek(place, offset);
            StoredDeadLetter[] found = new StoredDeadLetter[1];
            read(reader, Map.of(place, offset + 1), deadLetter -> {
                found[0] = deadLetter;
                return false;
            });
            return found[0] != null && found[0].record().offset() == offset ? found[0] : null;
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        return kafka.consumer(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "camelbell-dead-letters-" + UUID.randomUUID(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCH,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                FETCH,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis() - 1));
    }

    private DeadLettersUnavailableException unreachable(@Nullable Throwable why) {
        String tried = "reading dead letters";
        return new DeadLettersUnavailableException(
                why instanceof ApiException && !(why instanceof TimeoutException)
                        ? KafkaTrouble.of(kafka, tried, why)
                        : "The dead letters of " + origins.keySet() + " cannot be read: Kafka at " + kafka.brokers()
                                + " does not answer within " + PATIENCE.toSeconds() + " s.",
                why);
    }
}
