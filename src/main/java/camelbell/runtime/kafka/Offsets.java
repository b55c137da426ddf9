package camelbell.runtime.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** How far groups have come and how far topics go, by what the broker says. Errors: it has not said so in time. */
@Component
class Offsets {

    private static final long PATIENCE_SECONDS = 5;

    /** A topic ends, for us, where its first open transaction begins: that is how far consumers get. */
    static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final Admin admin;

    Offsets(Admin admin) {
        this.admin = admin;
    }

    Set<TopicPartition> partitions(String topic) {
        return partitions(topic, answer(admin.describeTopics(List.of(topic)).allTopicNames()));
    }

    /** As the broker has described the topic. */
    static Set<TopicPartition> partitions(String topic, Map<String, TopicDescription> described) {
        Set<TopicPartition> all = new HashSet<>();
        described.values().forEach(description -> description
                .partitions()
                .forEach(partition -> all.add(new TopicPartition(topic, partition.partition()))));
        return all;
    }

    /** How far consumers get. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), COMMITTED);
    }

    /** How far producers have come, with transactions that are still open. */
    Map<TopicPartition, Long> written(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), new ListOffsetsOptions());
    }

    /** Next offset of each partition that a group would read: behind what it has committed, or the first there is. */
    Map<TopicPartition, Long> next(String group, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> next = new HashMap<>();
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, committed) -> {
                    if (committed != null && partitions.contains(partition)) {
                        next.put(partition, committed.offset());
                    }
                });
        Set<TopicPartition> never = new HashSet<>(partitions);
        never.removeAll(next.keySet());
        if (!never.isEmpty()) {
            next.putAll(offsets(never, OffsetSpec.earliest(), COMMITTED));
        }
        return next;
    }

    private Map<TopicPartition, Long> offsets(
            Set<TopicPartition> partitions, OffsetSpec which, ListOffsetsOptions how) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> found = new HashMap<>();
        answer(admin.listOffsets(asked, how).all()).forEach((partition, info) -> found.put(partition, info.offset()));
        return found;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker did not say how far it goes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the broker how far it goes", e);
        }
    }
}
