package camelbell.runtime.kafka;

import camelbell.model.StartRefused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is and what its topics are called.
 *
 * @param partitions of topics that the hub creates; 0 creates none
 * @param largestLetter bytes of the largest record that is put aside whole
 * @param batchBytes bytes of records that one consumer hands over at once; a larger record comes alone
 * @param batchInterval least time between the beginnings of two batches of one consumer
 */
@ConfigurationProperties("camelbell.kafka")
record KafkaProperties(
        String brokers,
        String group,
        Topics topics,
        @DefaultValue("6") int partitions,
        @DefaultValue("1") short replicas,
        @DefaultValue("67108864") int largestLetter,
        @DefaultValue("8388608") int batchBytes,
        @DefaultValue("10ms") Duration batchInterval) {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

    KafkaProperties {
        if (batchInterval.isNegative() || batchInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new StartRefused("camelbell.kafka.batch-interval is " + batchInterval.toMillis()
                    + " ms: it must be 0 to 5000, since every event may wait so long.");
        }
    }

    /** Topic names. */
    record Topics(
            @DefaultValue("ticket-events") String ticketEvents,
            @DefaultValue("users") String users,
            @DefaultValue("ticket-events-dlt") String deadLetters,
            @DefaultValue("users-dlt") String usersDeadLetters,
            @DefaultValue("camelbell-announcements") String announcements,
            @DefaultValue("notification-status") String status) {

        /** The topics of dead letters, and which topic each takes them from. */
        Map<String, String> deadLetterSources() {
            return Map.of(deadLetters, ticketEvents, usersDeadLetters, users);
        }

        List<String> all() {
            return List.of(ticketEvents, users, deadLetters, usersDeadLetters, announcements, status);
        }
    }
}
