package camelbell.runtime;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the Kafka routes and stages share. */
@Configuration(proxyBeanMethods = false)
class KafkaBeans {

    /** Named in the Kafka routes; without a factory camel-kafka 4.17 commits nothing in batches. */
    @Bean
    KafkaManualCommitFactory kafkaManualCommitFactory() {
        return new DefaultKafkaManualCommitFactory();
    }

    @Bean
    Admin kafkaAdmin(KafkaProperties kafka) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.brokers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "camelbell"));
    }

    /** Asked by nobody but {@link DatabaseClock}, which is the hub's. */
    @Bean(name = "nodeClock", defaultCandidate = false)
    @ConditionalOnMissingBean(name = "nodeClock")
    Clock nodeClock() {
        return Clock.systemUTC();
    }
    /** By a bean, not by a property: parts of the hub that start alone have the component, but no Kafka. */
    @Bean
    ComponentCustomizer watchedKafkaClients(KafkaClients clients) {
        return ComponentCustomizer.forType(KafkaComponent.class, kafka -> kafka.setKafkaClientFactory(clients));
    }
}
