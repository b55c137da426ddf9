package camelbell.runtime.kafka;

import camelbell.model.Budget;
import camelbell.model.UsersApplied;
import org.apache.camel.spi.StateRepository;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where route directory begins to read a partition that it is assigned: at what the database has not seen, although the
 * consumer group may have committed more. So a database that is empty or restored from a backup gets its people again.
 * Never behind the group's offset: a topic that was made anew begins at 0, whatever the database has of the old one.
 */
@Component("directoryStart")
class DirectoryStart implements StateRepository<String, String> {

    static final String SUFFIX = "-directory"; // as in 15-directory.camel.yaml

    private final UsersApplied applied;
    private final KafkaTopics topics;
    private final String group;

    DirectoryStart(UsersApplied applied, KafkaTopics topics, KafkaProperties kafka) {
        this.applied = applied;
        this.topics = topics;
        this.group = kafka.group() + SUFFIX;
    }

    /**
     * The offset before the one to begin at, or null for what the group has committed.
     *
     * @param partition {@code topic/number}, as camel-kafka writes it
     */
    @Override
    public @Nullable String getState(String partition) {
        int slash = partition.lastIndexOf('/');
        String topic = partition.substring(0, slash);
        int number = Integer.parseInt(partition.substring(slash + 1));
        Long committed = topics.committed(group, new TopicPartition(topic, number));
        long next = Budget.INTAKE.get(() -> applied.of(topic)).getOrDefault(number, 0L);
        return committed == null || committed <= next ? null : Long.toString(next - 1);
    }

    /** Nothing: the offsets are written in the transactions that change the directory. */
    @Override
    public void setState(String partition, String offset) {}

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
