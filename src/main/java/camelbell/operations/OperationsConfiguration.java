package camelbell.operations;

import camelbell.kafka.KafkaSettings;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the operations over REST share. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    @Bean
    DeadLetters deadLetters(
            KafkaSettings kafka,
            @Value("${camelbell.kafka.topics.dead-letters}") String deadLetters,
            @Value("${camelbell.kafka.topics.ticket-events}") String events,
            @Value("${camelbell.kafka.topics.users-dead-letters}") String usersDeadLetters,
            @Value("${camelbell.kafka.topics.users}") String users) {
        return new DeadLetters(kafka, Map.of(deadLetters, events, usersDeadLetters, users));
    }
}
