package camelbell.runtime.kafka;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the broker about topics, and creates those that are missing. */
@Component("kafkaTopics")
class KafkaTopics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    private static final long PATIENCE_SECONDS = 10;
    private static final Executor AFTER_A_PAUSE = CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS);

    private final Admin admin;
    private final KafkaSettings settings;
    private final KafkaProperties kafka;
    private final DeadLetterSizeLimit deadLetterSizeLimit;

    KafkaTopics(Admin admin, KafkaSettings settings, KafkaProperties kafka, DeadLetterSizeLimit deadLetterSizeLimit) {
        this.settings = settings;
        this.admin = admin;
        this.kafka = kafka;
        this.deadLetterSizeLimit = deadLetterSizeLimit;
    }

    /** Creates the hub's missing topics; a topic that exists stays as it is. A broker that is away is no fault here. */
    void createMissing() {
        if (kafka.partitions() == 0) {
            return;
        }
        // asked first: who may not create topics is told so even of those that are there
        admin.describeTopics(kafka.topics().all()).topicNameValues().forEach((name, known) -> known.toCompletionStage()
                .whenComplete((description, fault) -> {
                    if (fault != null) {
                        create(List.of(topic(name)));
                    } else if (kafka.topics().deadLetterSources().containsKey(name)) {
                        deadLetterSizeLimit.check(name);
                    }
                }));
    }

    private void create(List<NewTopic> wanted) {
        Map<String, NewTopic> byName = new HashMap<>();
        wanted.forEach(topic -> byName.put(topic.name(), topic));
        admin.createTopics(wanted).values().forEach((name, creation) -> creation.toCompletionStage()
                .whenComplete((done, fault) -> created(byName.getOrDefault(name, topic(name)), fault)));
    }

    private void created(NewTopic topic, @Nullable Throwable fault) {
        Throwable root = fault == null ? null : rootOf(fault);
        boolean isForDeadLetters = kafka.topics().deadLetterSources().containsKey(topic.name());
        if (root == null) {
            LOG.info("topic created topic={} partitions={}", topic.name(), kafka.partitions());
        } else if (root instanceof TopicExistsException) {
            if (isForDeadLetters) {
                deadLetterSizeLimit.check(topic.name());
            }
        } else if (root instanceof org.apache.kafka.common.errors.TimeoutException) {
            AFTER_A_PAUSE.execute(() -> create(List.of(topic))); // the broker is away, which health says meanwhile
        } else if (isForDeadLetters
                && DeadLetterSizeLimit.isRefused(root)
                && !topic.configs().isEmpty()) {
            LOG.warn(
                    "topic of dead letters gets no room for large ones topic={}: {}; of those it will hold the head",
                    topic.name(),
                    root.getMessage());
            create(List.of(topic.configs(Map.of())));
        } else {
            LOG.warn(
                    "topic not created topic={}: {} Create it by hand if it is missing.",
                    topic.name(),
                    KafkaTrouble.of(settings, "creating topic " + topic.name(), root));
        }
    }

    private static Throwable rootOf(Throwable fault) {
        return fault instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : fault;
    }

    private NewTopic topic(String name) {
        NewTopic topic = new NewTopic(name, Optional.of(kafka.partitions()), Optional.of(kafka.replicas()));
        if (kafka.topics().deadLetterSources().containsKey(name)) {
            return topic.configs(deadLetterSizeLimit.settings());
        }
        return topic.configs(name.equals(kafka.topics().users()) ? Map.of("cleanup.policy", "compact") : Map.of());
    }

    /** None where there is no such topic. Errors: IllegalStateException when the broker does not answer. */
    Set<TopicPartition> partitions(String topic) {
        try {
            return Offsets.partitions(
                    topic, await(admin.describeTopics(List.of(topic)).allTopicNames()));
        } catch (UnknownTopicOrPartitionException e) {
            return Set.of();
        }
    }

    /** Next offset that a consumer group would read, or null while it has committed none. */
    @Nullable
    Long committed(String group, TopicPartition partition) {
        OffsetAndMetadata committed = await(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(partition);
        return committed == null ? null : committed.offset();
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("The broker did not say what was asked of a topic", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the broker of a topic", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The broker did not say within " + PATIENCE_SECONDS + " s what was asked of a topic;"
                            + " check camelbell.kafka.brokers",
                    e);
        }
    }
}
