package camelbell.operations;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the desks share. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    @Bean
    DeadLetters deadLetters(
            @Value("${camelbell.kafka.brokers}") String brokers,
            @Value("${camelbell.kafka.topics.dead-letters}") String deadLetters,
            @Value("${camelbell.kafka.topics.ticket-events}") String events,
            @Value("${camelbell.kafka.topics.users-dead-letters}") String usersDeadLetters,
            @Value("${camelbell.kafka.topics.users}") String users) {
        return new DeadLetters(brokers, Map.of(deadLetters, events, usersDeadLetters, users));
    }
}
