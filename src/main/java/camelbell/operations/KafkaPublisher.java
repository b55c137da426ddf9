package camelbell.operations;

import camelbell.operations.RecordFile.KeyedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes records so that none is lost, doubled or overtaken by another of its key. */
final class KafkaPublisher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String brokers;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private KafkaPublisher(String brokers) {
        this.brokers = brokers;
        this.producer = new KafkaProducer<>(settings(brokers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Errors: no broker within 10 s, or a topic that is not there. */
    static KafkaPublisher open(String brokers, Set<String> topics) {
        try {
            requireTopics(brokers, topics);
            return new KafkaPublisher(brokers);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new CommandFailedException(
                        "A topic of " + topics + " does not exist at " + brokers
                                + ": start the hub, which creates them, or create them yourself.",
                        e);
            }
            throw unreachable(brokers, e);
        } catch (KafkaException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new CommandFailedException(
                    "Kafka's address " + brokers + " cannot be used: " + why + ". Set --brokers HOST:PORT.", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Sends in the background; waits only when much is under way. Errors: an earlier record that failed. */
    void send(String topic, KeyedRecord one) {
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
                    "Kafka at " + brokers + " did not take a record: " + first.getMessage()
                            + " What was sent before is there; sending all of it again does no harm.",
                    first);
        }
    }

    private static void requireTopics(String brokers, Set<String> topics)
            throws ExecutionException, InterruptedException {
        int patience = (int) PATIENCE.toMillis();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience))) {
            try {
                admin.describeTopics(List.copyOf(topics)).allTopicNames().get();
            } finally {
                admin.close(Duration.ofMillis(0));
            }
        }
    }

    private static Map<String, Object> settings(String brokers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
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
    }

    private static CommandFailedException unreachable(String brokers, Exception e) {
        return new CommandFailedException(
                "No Kafka broker answers at " + brokers + " (waited " + PATIENCE.toSeconds()
                        + " s): start it, or name another with --brokers or CAMELBELL_KAFKA_BROKERS.",
                e);
    }

    private static CommandFailedException interrupted(Exception e) {
        Thread.currentThread().interrupt();
        return new CommandFailedException("Interrupted; what was sent before is there.", e);
    }
}
