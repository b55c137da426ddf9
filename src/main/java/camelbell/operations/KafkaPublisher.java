package camelbell.operations;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import camelbell.operations.RecordFile.FileRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes records so that none is lost, doubled or overtaken by another of its key. */
final class KafkaPublisher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private KafkaPublisher(KafkaSettings kafka) {
        this.kafka = kafka;
        this.producer = kafka.producer(OWN, new StringSerializer());
    }

    /** Errors: no broker within 10 s, or a topic that is not there. */
    static KafkaPublisher open(KafkaSettings kafka, Set<String> topics) {
        try {
            requireTopics(kafka, topics);
            return new KafkaPublisher(kafka);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new CommandFailedException(
                        "A topic of " + topics + " does not exist at " + kafka.brokers()
                                + ": start the hub, which creates them, or create them yourself.",
                        e);
            }
            throw unusable(kafka, topics, e);
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    KafkaTrouble.of(kafka, "making a client", e) + " Set --brokers HOST:PORT.", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Sends in the background; waits only when much is under way. Errors: an earlier record that failed. */
    void send(String topic, FileRecord one) {
        throwFailure();
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, one.key(), one.value());
        message.headers().add("content-type", one.contentType().getBytes(StandardCharsets.US_ASCII));
        try {
            var unused = producer.send(message, (sent, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            throwFailure();
        }
    }

    /** Waits until every record so far is stored by all replicas. Errors: one that is not. */
    void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new CommandFailedException(
                    KafkaTrouble.of(kafka, "posting a record", first)
                            + " What was sent before is there; sending all of it again does no harm.",
                    first);
        }
    }

    private static void requireTopics(KafkaSettings kafka, Set<String> topics)
            throws ExecutionException, InterruptedException {
        int patience = (int) PATIENCE.toMillis();
        try (Admin admin = kafka.admin(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                patience / 2,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                patience))) {
            try {
                admin.describeTopics(List.copyOf(topics)).allTopicNames().get();
            } finally {
                admin.close(Duration.ofMillis(0));
            }
        }
    }

    private static final Map<String, Object> OWN = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "camelbell-replay",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.BATCH_SIZE_CONFIG,
            65536,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE.toMillis(),
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis() * 3);

    private static CommandFailedException unusable(KafkaSettings kafka, Set<String> topics, ExecutionException e) {
        Throwable why = e.getCause();
        if (why instanceof ApiException && !(why instanceof TimeoutException)) {
            return new CommandFailedException(KafkaTrouble.of(kafka, "looking for topic " + topics, why), e);
        }
        return new CommandFailedException(
                "No Kafka broker answers at " + kafka.brokers() + " (waited " + PATIENCE.toSeconds()
                        + " s): start it, or name another with --brokers or CAMELBELL_KAFKA_BROKERS.",
                e);
    }

    private static CommandFailedException interrupted(Exception e) {
        Thread.currentThread().interrupt();
        return new CommandFailedException("Interrupted; what was sent before is there.", e);
    }
}
