package camelbell.runtime.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How large a record the topics of dead letters take. Those that the hub creates take whatever its producer sends, also
 * when their source topic takes larger records later; one that exists stays as it is.
 */
@Component
class DeadLetterSizeLimit {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterSizeLimit.class);
    private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

    /** The reasons of a death, and what compression adds to bytes that cannot be compressed. */
    private static final int BESIDE = 256 * 1024;

    private final Admin admin;
    private final KafkaProperties kafka;

    DeadLetterSizeLimit(Admin admin, KafkaProperties kafka) {
        this.admin = admin;
        this.kafka = kafka;
    }

    /** Of a topic that the hub creates. */
    Map<String, String> settings() {
        return Map.of(LIMIT, Integer.toString(Math.addExact(kafka.largestLetter(), BESIDE)));
    }

    /** True when a cluster has rules of its own about topics, and not merely trouble. */
    static boolean isRefused(Throwable fault) {
        return fault instanceof InvalidConfigurationException || fault instanceof PolicyViolationException;
    }

    /** Warns when this topic, which somebody has made, takes less than its source. */
    void check(String deadLetters) {
        ConfigResource to = topic(deadLetters);
        ConfigResource from = topic(kafka.topics().deadLetterSources().getOrDefault(deadLetters, deadLetters));
        admin.describeConfigs(List.of(to, from)).all().toCompletionStage().whenComplete((known, fault) -> {
            if (fault == null) {
                compare(deadLetters, limit(known.get(to)), limit(known.get(from)));
            }
        });
    }

    private static void compare(String deadLetters, long limit, long source) {
        if (limit < source + BESIDE) {
            LOG.warn(
                    "topic of dead letters may refuse the largest records of its source topic={} {}={} wanted={};"
                            + " dead letters of those will hold the head. Raise it with kafka-configs",
                    deadLetters,
                    LIMIT,
                    limit,
                    source + BESIDE);
        }
    }

    /** The largest number when it is not known: nothing is said then. */
    private static long limit(@Nullable Config config) {
        ConfigEntry entry = config == null ? null : config.get(LIMIT);
        return entry == null || entry.value() == null ? Integer.MAX_VALUE : Long.parseLong(entry.value());
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }
}
