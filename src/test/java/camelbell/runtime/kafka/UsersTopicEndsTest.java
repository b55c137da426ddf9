package camelbell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.dev.KafkaBroker;
import camelbell.it.Stack;
import camelbell.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class UsersTopicEndsTest {

    private final KafkaBroker broker = Stack.kafka();
    private final String topic = "users-" + UUID.randomUUID();
    private final Map<String, Object> to = Map.of("bootstrap.servers", broker.bootstrapServers());
    private final Admin admin = Admin.create(to);
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(to, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaSettings settings =
            KafkaSettings.of(new MockEnvironment().withProperty("camelbell.kafka.brokers", broker.bootstrapServers()));
    private final KafkaProperties kafka = new KafkaProperties(
            broker.bootstrapServers(),
            "group",
            new KafkaProperties.Topics("events", topic, "dead", "users-dead", "news", "status"),
            1,
            (short) 1,
            1_000_000,
            1_000_000,
            Duration.ZERO);
    private final KafkaTopics topics = new KafkaTopics(admin, settings, kafka, new DeadLetterSizeLimit(admin, kafka));
    private final UsersTopicEnds ends = ends();

    @AfterEach
    void close() {
        ends.close();
        producer.close();
        admin.close();
    }

    @Test
    void what_was_posted_before_the_question_is_always_in_the_answer() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        assertThat(ends.endOffsets()).as("partitions that hold nothing").isEmpty();
        for (long posted = 1; posted <= 50; posted++) {
            post(1);
            assertThat(ends.endOffsets()).isEqualTo(Map.of(1, posted));
        }
    }

    @Test
    void a_partition_that_is_added_is_asked_for_too() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        post(0);
        assertThat(ends.endOffsets()).isEqualTo(Map.of(0, 1L));
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
        await().until(() -> topics.partitions(topic).size() == 2);
        post(1);
        assertThat(ends.endOffsets()).isEqualTo(Map.of(0, 1L, 1, 1L));
    }

    @Test
    void a_topic_that_was_deleted_has_no_ends() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        post(1);
        assertThat(ends.endOffsets()).isEqualTo(Map.of(1, 1L));
        admin.deleteTopics(List.of(topic)).all().get();
        await().until(() -> topics.partitions(topic).isEmpty());
        assertThat(ends.endOffsets()).isEmpty();
    }

    @Test
    void a_topic_that_is_not_there_has_no_ends_and_is_not_made_by_the_question() throws Exception {
        assertThat(ends.endOffsets()).isEmpty();
        assertThat(admin.listTopics().names().get()).doesNotContain(topic);
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        post(0);
        await().untilAsserted(() -> assertThat(ends.endOffsets()).isEqualTo(Map.of(0, 1L)));
    }

    @Test
    void a_hub_that_stops_asks_no_more() {
        ends.close();
        assertThatThrownBy(ends::endOffsets).isInstanceOf(IllegalStateException.class);
    }

    private void post(int partition) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, null, new byte[1])).get();
    }

    /** Knows the partitions for no time, so that each question shows what the first one of a second would. */
    private UsersTopicEnds ends() {
        return new UsersTopicEnds(settings, topics, kafka, end -> {}, Duration.ZERO);
    }
}
