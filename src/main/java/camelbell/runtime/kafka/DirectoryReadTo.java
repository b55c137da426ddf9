package camelbell.runtime.kafka;

import camelbell.model.Budget;
import camelbell.model.UsersApplied;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notes how far the consumer of route directory has read when what it read is committed and nothing more comes. A topic
 * may end in what no consumer is given (a transaction's marker, or what a transaction that was aborted has left): without
 * this, whoever waits for the topic's end would wait in vain.
 */
@Component
class DirectoryReadTo {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryReadTo.class);

    private final UsersApplied applied;
    private final KafkaProperties kafka;

    DirectoryReadTo(UsersApplied applied, KafkaProperties kafka) {
        this.applied = applied;
        this.kafka = kafka;
    }

    /** Whom a consumer of this group tells; answers whether it is noted. */
    Predicate<Map<TopicPartition, Long>> of(String group) {
        return group.equals(kafka.group() + DirectoryStart.SUFFIX) ? this::note : positions -> true;
    }

    private boolean note(Map<TopicPartition, Long> positions) {
        Map<Integer, Long> next = new HashMap<>();
        positions.forEach((partition, position) -> next.put(partition.partition(), position));
        try {
            Budget.INTAKE.run(() -> applied.readTo(kafka.topics().users(), next));
            return true;
        } catch (RuntimeException failed) {
            LOG.debug("progress of the directory not noted: {}; it is tried again", failed.toString());
            return false;
        }
    }
}
