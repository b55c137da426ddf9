package camelbell.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The hub's topics as upstream and an auditor see them, past the proxy. */
final class Topics implements AutoCloseable {

    private static final int PARTITIONS = 6;

    private final String brokers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Topics(String brokers) {
        this.brokers = brokers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 5, "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Upstream's and the hub's topics, as an operator makes them before the first hub starts. */
    void create() {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : List.of("ticket-events", "ticket-events-dlt", "notification-status")) {
            topics.add(new NewTopic(name, PARTITIONS, (short) 1));
        }
        topics.add(new NewTopic("users", PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        admin(admin -> admin.createTopics(topics).all());
        awaitLeaders("ticket-events", "users");
    }

    /** A partition whose leader is not there yet may take a producer's second batch before its first. */
    private void awaitLeaders(String... names) {
        try (KafkaConsumer<byte[], byte[]> reader = consumer()) {
            for (String name : names) {
                reader.endOffsets(partitions(reader, name));
            }
        }
    }

    /** One more, with the usual partitions. */
    void create(String topic) {
        admin(admin -> admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all());
    }

    void delete(String topic) {
        admin(admin -> admin.deleteTopics(List.of(topic)).all());
    }

    private void admin(Function<Admin, KafkaFuture<Void>> change) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            change.apply(admin).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not change its topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void post(String topic, String key, String value) {
        post(topic, key, value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    void post(String topic, @Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> posted =
                new ProducerRecord<>(topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach((name, text) -> posted.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        send(posted);
    }

    private void send(ProducerRecord<byte[], byte[]> posted) {
        var unused = producer.send(posted, (metadata, fault) -> {
            if (fault != null) {
                failures.add(posted.topic() + ": " + fault);
            }
        });
    }

    void post(Odd odd) {
        send(new ProducerRecord<>(
                "ticket-events", null, odd.id().getBytes(StandardCharsets.UTF_8), odd.value(), odd.headers()));
    }

    /** Waits for the broker. Errors: what it did not take. */
    void flush() {
        producer.flush();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("not posted to " + failures);
        }
    }

    /** Waits until the broker has forgotten it, so that it can be made anew. */
    void deleted(String topic) {
        delete(topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Wait.until(
                    topic + " is gone",
                    Duration.ofSeconds(30),
                    () -> !admin.listTopics().names().get().contains(topic));
        }
    }

    /** Changes a setting of a topic, such as {@code max.message.bytes}. */
    void set(String topic, String name, String value) {
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin(admin -> admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                .all());
    }

    /** Every record that stands on the topic now, one at a time: together they may be larger than this process. */
    void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> look) {
        try (KafkaConsumer<byte[], byte[]> reader = consumer()) {
            List<TopicPartition> partitions = partitions(reader, topic);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(one -> reader.position(one) < ends.getOrDefault(one, 0L))) {
                reader.poll(Duration.ofMillis(200)).forEach(look);
            }
        }
    }

    /** Records of ticket-events behind the hub's committed offsets, over all partitions. */
    long lag() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
                KafkaConsumer<byte[], byte[]> reader = consumer()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("camelbell")
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, Long> ends = new HashMap<>(reader.endOffsets(partitions(reader, "ticket-events")));
            committed.forEach((partition, offset) ->
                    ends.computeIfPresent(partition, (same, end) -> end - (offset == null ? 0 : offset.offset())));
            return ends.values().stream().mapToLong(Long::longValue).sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not say how far the hub is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reader, String topic) {
        return reader.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    String brokers() {
        return brokers;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
