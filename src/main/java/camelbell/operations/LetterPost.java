package camelbell.operations;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Posts dead letters to the topic that their own topic belongs to, whatever a header of theirs says. */
final class LetterPost implements AutoCloseable {

    private static final int PATIENCE = 5000;
    private static final Set<String> KEPT = Set.of("content-type");

    private final DeadLetters letters;
    private final Rate.Pace pace;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    LetterPost(DeadLetters letters, Rate rate) {
        this.letters = letters;
        this.pace = rate.start();
        this.kafka = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        letters.brokers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        PATIENCE),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The CloudEvents attributes go along, the reasons of its death do not. */
    void send(DeadLetter letter) {
        String origin = letters.origins().get(letter.record().topic());
        if (origin == null) {
            throw new IllegalArgumentException(letter.record().topic() + " holds no dead letters");
        }
        pace.await();
        ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(
                origin, letter.record().key(), letter.record().value());
        for (Header header : letter.record().headers()) {
            if (header.key().startsWith("ce_") || KEPT.contains(header.key())) {
                again.headers().add(header);
            }
        }
        try {
            var unused = kafka.send(again, (sent, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Waits until the broker has stored all of them. Errors: LettersUnavailableException when it has not. */
    void flush() {
        kafka.flush();
        Exception first = failure.get();
        if (first != null) {
            throw new LettersUnavailableException(
                    "Kafka at " + letters.brokers() + " did not take a replayed dead letter: " + first.getMessage()
                            + ". The order can be given again.",
                    first);
        }
    }

    @Override
    public void close() {
        kafka.close(Duration.ofMillis(PATIENCE));
    }
}
