package camelbell.runtime;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is and what its topics are called.
 *
 * @param partitions of topics that the hub creates; 0 creates none
 */
@ConfigurationProperties("camelbell.kafka")
record KafkaProperties(
        String brokers,
        String group,
        Topics topics,
        @DefaultValue("6") int partitions,
        @DefaultValue("1") short replicas) {

    /** Topic names. */
    record Topics(
            @DefaultValue("ticket-events") String ticketEvents,
            @DefaultValue("users") String users,
            @DefaultValue("ticket-events-dlt") String deadLetters,
            @DefaultValue("users-dlt") String usersDeadLetters,
            @DefaultValue("camelbell-announcements") String announcements,
            @DefaultValue("notification-status") String status) {

        List<String> all() {
            return List.of(ticketEvents, users, deadLetters, usersDeadLetters, announcements, status);
        }
    }
}
