package camelbell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.KafkaBroker;
import camelbell.it.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedConsumerTest {

    private static final int KILOBYTE = 1024;
    private static final Duration SOON = Duration.ofMillis(100);

    private final KafkaBroker broker = Stack.kafka();
    private final String topic = "bounded-" + UUID.randomUUID();
    private final List<BoundedConsumer> open = new ArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void a_topic_of_several_partitions() throws ExecutionException, InterruptedException {
        Map<String, Object> to = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(to)) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
        }
        producer = new KafkaProducer<>(to, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        open.forEach(consumer -> consumer.close(Duration.ZERO)); // not after the fetch that waits
        producer.close();
    }

    /** A broker that may let a fetch wait for longer than the test does. */
    @Test
    void what_comes_to_a_partition_does_not_wait_for_the_other_ones() throws Exception {
        BoundedConsumer consumer =
                consumer(8 * KILOBYTE * KILOBYTE, "fetch.max.wait.ms", "600000", "request.timeout.ms", "700000");
        for (int number = 0; number < 5; number++) {
            post(number, 10);
            await().until(() -> !read(consumer).isEmpty());
        }
    }

    @Test
    void a_batch_ends_when_it_is_full_by_bytes_and_the_rest_comes_with_the_next() throws Exception {
        for (int number = 0; number < 10; number++) {
            post(number, 1000);
        }
        BoundedConsumer consumer = consumer(2500);
        List<List<Long>> batches = new ArrayList<>();
        await().until(() -> {
            List<Long> batch = read(consumer);
            if (!batch.isEmpty()) {
                batches.add(batch);
            }
            return batches.stream().mapToInt(List::size).sum() == 10;
        });
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(3));
        assertThat(batches.stream().flatMap(List::stream)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    /** An empty answer is what ends a batch: what is there does not wait for what comes. */
    @Test
    void a_batch_that_nothing_is_waited_for_ends_with_the_next_poll_although_more_has_come() throws Exception {
        BoundedConsumer consumer = consumer(8 * KILOBYTE * KILOBYTE);
        post(0, 10);
        await().until(() -> !consumer.poll(Duration.ZERO).isEmpty());
        post(1, 10);
        assertThat(consumer.poll(Duration.ZERO)).isEmpty();
        await().until(() -> !consumer.poll(Duration.ZERO).isEmpty());
    }

    @Test
    void batches_that_follow_each_other_faster_than_the_interval_are_gathered_to_one() throws Exception {
        BoundedConsumer consumer = gathering(Duration.ofMinutes(10), "max.poll.records", "3");
        CompletableFuture<List<Long>> batch = CompletableFuture.supplyAsync(() -> {
            List<Long> offsets = List.of();
            while (offsets.isEmpty()) {
                offsets = read(consumer);
            }
            return offsets;
        });
        for (int number = 0; number < 3; number++) {
            post(number, 10);
        }
        assertThat(batch.get(1, TimeUnit.MINUTES)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void what_is_held_is_forgotten_when_somebody_seeks() throws Exception {
        for (int number = 0; number < 4; number++) {
            post(number, 1000);
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        BoundedConsumer consumer = consumer(500);
        List<Long> first = new ArrayList<>();
        await().until(() -> {
            first.addAll(read(consumer));
            return !first.isEmpty();
        });
        consumer.seek(partition, 0);
        List<Long> again = new ArrayList<>();
        await().until(() -> {
            again.addAll(read(consumer));
            return again.size() >= 4;
        });
        assertThat(first).containsExactly(0L);
        assertThat(again).containsExactly(0L, 1L, 2L, 3L);
    }

    /** The other way round, what was said between two polls would break off whatever the consumer does next. */
    @Test
    void a_consumer_that_is_told_of_the_end_waits_no_more_and_still_commits() throws Exception {
        BoundedConsumer consumer = consumer(8 * KILOBYTE * KILOBYTE, Duration.ofHours(1), "group.id", topic);
        CompletableFuture<Void> polls = CompletableFuture.runAsync(() -> {
            consumer.poll(Duration.ZERO);
            assertThat(consumer.poll(Duration.ZERO))
                    .as("the second in a row waits")
                    .isEmpty();
        });
        await().until(consumer::waitsIdle);
        consumer.endIdleWait();
        polls.get(1, TimeUnit.MINUTES);
        consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)));
        post(0, 10);
        await().until(() -> read(consumer).equals(List.of(0L)));
    }

    @Test
    void nothing_is_broken_off_when_a_wait_ends_by_itself_while_the_consumer_is_told() throws Exception {
        for (int round = 0; round < 50; round++) {
            BoundedConsumer consumer = consumer(8 * KILOBYTE * KILOBYTE, Duration.ofMillis(1), "group.id", topic);
            CompletableFuture<Void> told = CompletableFuture.runAsync(consumer::endIdleWait);
            while (!told.isDone()) {
                assertThat(consumer.poll(Duration.ZERO)).isEmpty();
            }
            consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)));
            consumer.close(Duration.ZERO);
        }
    }

    private BoundedConsumer consumer(int mostBytes, String... settings) {
        return consumer(mostBytes, Duration.ofSeconds(1), settings);
    }

    private BoundedConsumer gathering(Duration interval, String... settings) {
        return consumer(8 * KILOBYTE * KILOBYTE, interval, Duration.ofSeconds(1), settings);
    }

    private BoundedConsumer consumer(int mostBytes, Duration idle, String... settings) {
        return consumer(mostBytes, Duration.ZERO, idle, settings);
    }

    private BoundedConsumer consumer(int mostBytes, Duration interval, Duration idle, String... settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.records", "500");
        for (int at = 0; at < settings.length; at += 2) {
            properties.put(settings[at], settings[at + 1]);
        }
        BoundedConsumer consumer = new BoundedConsumer(properties, mostBytes, interval, idle);
        open.add(consumer);
        consumer.assign(
                List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1), new TopicPartition(topic, 2)));
        return consumer;
    }

    private void post(int number, int size) throws ExecutionException, InterruptedException {
        byte[] value = String.valueOf(number).repeat(size).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
    }

    /** Offsets of one poll. */
    private static List<Long> read(BoundedConsumer consumer) {
        List<Long> offsets = new ArrayList<>();
        for (ConsumerRecord<Object, Object> one : consumer.poll(SOON)) {
            offsets.add(one.offset());
        }
        return offsets;
    }
}
