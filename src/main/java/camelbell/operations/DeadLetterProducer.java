package camelbell.operations;

import camelbell.kafka.KafkaTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Posts dead letters to the topic that their own topic belongs to, whatever a header of theirs says. */
final class DeadLetterProducer implements AutoCloseable {

    private static final int PATIENCE = 5000;
    private static final Set<String> KEPT = Set.of("content-type");

    /** Bytes of the largest record that can be posted; it is in memory twice meanwhile. */
    private static final int LARGEST = 128 * 1024 * 1024;

    /** Bytes under way, past which the broker is waited for. */
    private static final long UNDER_WAY = 8L * 1024 * 1024;

    private final DeadLetters deadLetters;
    private final Originals originals;
    private final Rate.Pace pace;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final ConcurrentLinkedQueue<DeadLetterPosition> posted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<DeadLetterPosition> refused = new ConcurrentLinkedQueue<>();
    private final List<DeadLetterPosition> gone = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long underWay;

    DeadLetterProducer(DeadLetters deadLetters, Rate rate) {
        this.deadLetters = deadLetters;
        this.originals = new Originals(deadLetters);
        this.pace = rate.start();
        this.kafka = deadLetters
                .kafka()
                .producer(
                        Map.ofEntries(
                                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip"),
                                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST),
                                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST),
                                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE),
                                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE),
                                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE)),
                        new ByteArraySerializer());
    }

    /** The CloudEvents attributes go along, the reasons of its death do not. Of a truncated dead letter the original goes. */
    void send(StoredDeadLetter deadLetter) {
        String origin = deadLetters.origins().get(deadLetter.record().topic());
        if (origin == null) {
            throw new IllegalArgumentException(deadLetter.record().topic() + " holds no dead letters");
        }
        ConsumerRecord<byte[], byte[]> original = originals.of(deadLetter);
        if (original == null) {
            gone.add(deadLetter.place());
            return;
        }
        pace.await();
        ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(origin, original.key(), original.value());
        for (Header header : original.headers()) {
            String name = header.key().toLowerCase(Locale.ROOT); // as they were read; in whatever case they were posted
            if (name.startsWith("ce_") || KEPT.contains(name)) {
                again.headers().add(header);
            }
        }
        send(again, deadLetter.place());
        underWay += Math.max(0, original.serializedValueSize());
        if (underWay > UNDER_WAY) {
            kafka.flush();
            underWay = 0;
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, DeadLetterPosition deadLetter) {
        try {
            var unused = kafka.send(record, (sent, error) -> ended(deadLetter, error));
        } catch (KafkaException e) {
            ended(deadLetter, e);
        }
    }

    private void ended(DeadLetterPosition deadLetter, @Nullable Exception error) {
        if (error == null) {
            posted.add(deadLetter);
        } else if (error instanceof RecordTooLargeException
                || error instanceof RecordBatchTooLargeException
                || error instanceof InvalidRecordException) {
            refused.add(deadLetter);
        } else {
            failure.compareAndSet(null, error);
        }
    }

    /** Waits until the broker has answered for all of them. Errors: DeadLettersUnavailableException when it has not. */
    ReplayOutcome flush() {
        kafka.flush();
        Exception first = failure.get();
        if (first != null) {
            throw new DeadLettersUnavailableException(
                    KafkaTrouble.of(deadLetters.kafka(), "posting a dead letter again", first)
                            + " The order can be given again.",
                    first);
        }
        return new ReplayOutcome(List.copyOf(posted), List.copyOf(gone), List.copyOf(refused));
    }

    @Override
    public void close() {
        kafka.close(Duration.ofMillis(PATIENCE));
    }

    /**
     * What has become of the dead letters.
     *
     * @param gone of which only the head is left
     * @param refused that their topic does not take as they are
     */
    record ReplayOutcome(
            List<DeadLetterPosition> posted, List<DeadLetterPosition> gone, List<DeadLetterPosition> refused) {}
}
