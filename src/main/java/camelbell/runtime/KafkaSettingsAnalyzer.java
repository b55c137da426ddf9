package camelbell.runtime;

import org.apache.kafka.common.config.ConfigException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence that a Kafka setting is wrong, such as a broker without a port. */
class KafkaSettingsAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigException cause) {
        return new FailureAnalysis(
                "A Kafka setting is wrong: " + cause.getMessage()
                        + "; check camelbell.kafka.brokers (CAMELBELL_KAFKA_BROKERS), which is host:port, comma-separated.",
                null,
                cause);
    }
}
