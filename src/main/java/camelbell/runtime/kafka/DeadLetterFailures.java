package camelbell.runtime.kafka;

import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ExchangeProperty;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says once that a topic of dead letters cannot be written to, and once that it can again. The batch is tried all the
 * while, and nothing of it is committed.
 */
@Component("deadLetterFailures")
class DeadLetterFailures {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterFailures.class);

    private final DeadLetter deadLetters;
    private final Clock clock;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    DeadLetterFailures(DeadLetter deadLetters, Clock clock) {
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    public void began(@ExchangeProperty("malformed") MalformedEvent malformed, Exception failure) {
        IncomingRecord record = malformed.record();
        String topic = deadLetters.topicFor(record);
        if (since.putIfAbsent(topic, clock.instant()) == null) {
            LOG.error(
                    "dead letters cannot be written to={} first={}-{}-{} because={}: nothing from there on is"
                            + " committed, it is tried until the topic takes them; see that it exists and may be written"
                            + " to",
                    topic,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    reason(failure));
        }
    }

    public void over(@ExchangeProperty("malformed") MalformedEvent malformed) {
        String topic = deadLetters.topicFor(malformed.record());
        Instant from = since.remove(topic);
        if (from != null) {
            LOG.info(
                    "dead letters are written again to={} after={} s",
                    topic,
                    Duration.between(from, clock.instant()).toSeconds());
        }
    }

    /** Kafka's own words where it has some; they name topics and sizes, never a value. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof ApiException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ApiException
                ? cause.toString()
                : cause.getClass().getName();
    }
}
