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
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class UsersTopicEndsTest {

    private final KafkaBroker broker = Stack.kafka();
    private final String topic = "users-" + UUID.randomUUID();
    private final Map<String, Object> to = Map.of("bootstrap.servers", broker.bootstrapServers());
    private final Admin admin = Admin.create(to);
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(to, new ByteArraySerializer(), new ByteArraySerializer());
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
        await().ignoreExceptions().untilAsserted(() -> {
            post(1);
            assertThat(ends.endOffsets()).containsKeys(0, 1);
        });
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

    private UsersTopicEnds ends() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("camelbell.kafka.brokers", broker.bootstrapServers())));
        KafkaProperties.Topics names =
                new KafkaProperties.Topics("events", topic, "dead", "users-dead", "news", "status");
        return new UsersTopicEnds(
                KafkaSettings.of(environment),
                new KafkaProperties(
                        broker.bootstrapServers(), "group", names, 1, (short) 1, 1_000_000, 1_000_000, Duration.ZERO));
    }
}
