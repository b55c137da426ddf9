package camelbell.runtime.kafka;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks the broker what the hub may do there, so that a right that is missing is named before something fails for it. A broker
 * that keeps no rights, or does not tell, has none missing.
 */
@Component
class KafkaRights {

    private static final int PATIENCE_MS = 5000;

    private final Admin admin;
    private final Map<String, Set<AclOperation>> topics = new TreeMap<>();
    private final Map<String, Set<AclOperation>> forOperations = new TreeMap<>();
    private final Set<String> groups;

    KafkaRights(Admin admin, KafkaProperties kafka, @Value("${camelbell.node}") String node) {
        this.admin = admin;
        KafkaProperties.Topics names = kafka.topics();
        topics.put(names.ticketEvents(), Set.of(READ));
        topics.put(names.users(), Set.of(READ));
        topics.put(names.deadLetters(), Set.of(WRITE));
        topics.put(names.usersDeadLetters(), Set.of(WRITE));
        topics.put(names.announcements(), Set.of(READ, WRITE));
        topics.put(names.status(), Set.of(WRITE));
        forOperations.put(names.ticketEvents(), Set.of(WRITE, DESCRIBE_CONFIGS));
        forOperations.put(names.users(), Set.of(WRITE, DESCRIBE_CONFIGS));
        forOperations.put(names.deadLetters(), Set.of(READ, DESCRIBE_CONFIGS));
        forOperations.put(names.usersDeadLetters(), Set.of(READ, DESCRIBE_CONFIGS));
        this.groups = Set.of(kafka.group(), kafka.group() + DirectoryStart.SUFFIX, "camelbell-node-" + node);
    }

    /**
     * What was found.
     *
     * @param missing without which the hub does not do its work, such as {@code READ topic users}
     * @param wished without which an operator cannot replay dead letters, or is not warned of a small topic
     * @param absent topics that are not there
     */
    record Found(Set<String> missing, Set<String> wished, Set<String> absent) {}

    /** Errors: the broker does not answer, or does not let the hub in. */
    Found look() throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> missing = new TreeSet<>();
        Set<String> wished = new TreeSet<>();
        Set<String> absent = new TreeSet<>();
        var descriptions = admin.describeTopics(
                        topics.keySet(),
                        new DescribeTopicsOptions()
                                .includeAuthorizedOperations(true)
                                .timeoutMs(PATIENCE_MS))
                .topicNameValues();
        for (var topic : descriptions.entrySet()) {
            String name = "topic " + topic.getKey();
            Set<AclOperation> needed = topics.getOrDefault(topic.getKey(), Set.of());
            try {
                Set<AclOperation> granted = told(answer(topic.getValue()).authorizedOperations());
                add(missing, needed, granted, name);
                add(wished, forOperations.getOrDefault(topic.getKey(), Set.of()), granted, name);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    absent.add(topic.getKey());
                } else {
                    refused(e, missing, needed, name);
                }
            }
        }
        var members = admin.describeConsumerGroups(
                        groups,
                        new DescribeConsumerGroupsOptions()
                                .includeAuthorizedOperations(true)
                                .timeoutMs(PATIENCE_MS))
                .describedGroups();
        for (var group : members.entrySet()) {
            String name = "consumer group " + group.getKey();
            try {
                add(missing, Set.of(READ), told(answer(group.getValue()).authorizedOperations()), name);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    missing.add(READ + " " + name);
                } // a group that nobody has joined yet may be unknown
            }
        }
        return new Found(missing, wished, absent);
    }

    /** Whoever is shown a topic or a group may do that, at least: none at all is what a broker sends that does not tell. */
    static @Nullable Set<AclOperation> told(@Nullable Set<AclOperation> granted) {
        return granted == null || granted.isEmpty() ? null : granted;
    }

    private static void refused(ExecutionException e, Set<String> missing, Set<AclOperation> needed, String name)
            throws ExecutionException {
        if (!(e.getCause() instanceof AuthorizationException)) {
            throw e;
        }
        add(missing, needed, Set.of(), name);
    }

    private static void add(
            Set<String> missing, Set<AclOperation> needed, @Nullable Set<AclOperation> granted, String name) {
        if (granted != null) {
            needed.stream().filter(right -> !granted.contains(right)).forEach(right -> missing.add(right + " " + name));
        }
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE_MS + 1000, TimeUnit.MILLISECONDS);
    }
}
