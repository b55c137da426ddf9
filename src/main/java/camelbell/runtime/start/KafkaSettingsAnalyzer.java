package camelbell.runtime.start;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in a sentence that no Kafka client can be made, such as for a broker without a port or a key that is no PEM. */
class KafkaSettingsAnalyzer extends AbstractFailureAnalyzer<KafkaException> {

    private final Environment environment;

    KafkaSettingsAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KafkaException cause) {
        return new FailureAnalysis(
                "A Kafka setting is wrong: " + KafkaTrouble.of(KafkaSettings.of(environment), "making a client", cause)
                        + " Check camelbell.kafka.brokers (CAMELBELL_KAFKA_BROKERS) and spring.kafka.*.",
                null,
                cause);
    }
}
