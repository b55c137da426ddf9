package camelbell.runtime.kafka;

import camelbell.kafka.BrokerCheck;
import camelbell.kafka.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What the Kafka routes and stages share. */
@Configuration(proxyBeanMethods = false)
class KafkaBeans {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBeans.class);

    /** Named in the Kafka routes; without a factory camel-kafka 4.17 commits nothing in batches. */
    @Bean
    KafkaManualCommitFactory kafkaManualCommitFactory() {
        return new DefaultKafkaManualCommitFactory();
    }

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        KafkaSettings settings = KafkaSettings.of(environment);
        if (!settings.withoutEffect().isEmpty()) {
            LOG.warn("no effect, because the hub sets it by itself: {}", settings.withoutEffect());
        }
        return settings;
    }

    /** The first client that is made. Errors: StartRefused for what the brokers will never take. */
    @Bean
    Admin kafkaAdmin(KafkaSettings settings) {
        BrokerCheck check = BrokerCheck.begin(settings);
        Admin admin = settings.admin(Map.of(AdminClientConfig.CLIENT_ID_CONFIG, "camelbell"));
        try {
            String trouble = check.end(admin);
            if (trouble != null) {
                LOG.warn("{} The hub goes on starting, and is not ready until then.", trouble);
            }
            return admin;
        } catch (RuntimeException refused) {
            admin.close(Duration.ZERO);
            throw refused;
        }
    }

    /** Asked by nobody but {@code DatabaseClock}, which is the hub's. */
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
