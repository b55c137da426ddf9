package camelbell.runtime.kafka;

import camelbell.model.IncomingRecord;
import camelbell.model.Portion;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A batch of Kafka records as camel-kafka hands it over: a list of exchanges. Measured on 4.17.0: committing the batch
 * exchange commits one partition only, so all of them are committed here, behind their last records.
 */
@Component("kafkaBatch")
class KafkaBatch {

    /**
     * Record timestamps that are believed, in milliseconds of the epoch: the years 2000 to 9999. Others are none (Kafka's
     * NO_TIMESTAMP is -1), seconds or microseconds by mistake, or no time that the database and clients could hold.
     */
    private static final long FIRST_SENSIBLE =
            Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    private static final long LAST_SENSIBLE =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final AcknowledgedDeadLetters deadLetters;
    private final Clock clock;

    KafkaBatch(AcknowledgedDeadLetters deadLetters, Clock clock) {
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** What upstream may say beside the value. Any other header stays outside: Camel's producers act on headers. */
    private static boolean isKnown(String header) {
        return header.startsWith("ce_") || header.equals("content-type");
    }

    /** The records, in order, with the allowed headers only. */
    public List<IncomingRecord> records(List<Exchange> batch) {
        return batch.stream().map(this::record).toList();
    }

    /** Commits every partition of the batch behind its last record; must run on the consumer's thread. */
    public void commit(List<Exchange> batch) {
        Map<Integer, Message> last = new HashMap<>();
        for (Exchange exchange : batch) {
            last.put(partition(exchange.getMessage()), exchange.getMessage());
        }
        commit(last.values());
    }

    /**
     * Commits the partitions of a portion behind their last records in it; must run on the consumer's thread. A batch that
     * breaks off behind it then comes again without what is recorded already.
     */
    public void commit(List<Exchange> batch, Portion portion) {
        Map<Integer, Long> ends = new HashMap<>();
        portion.arrivals()
                .forEach(
                        one -> ends.merge(one.record().partition(), one.record().offset(), Math::max));
        List<Message> last = new ArrayList<>();
        for (Exchange exchange : batch) {
            Message message = exchange.getMessage();
            Long end = ends.get(partition(message));
            if (end != null && end.equals(message.getHeader(KafkaConstants.OFFSET, Long.class))) {
                last.add(message);
            }
        }
        commit(last);
    }

    private static Integer partition(Message message) {
        return message.getHeader(KafkaConstants.PARTITION, Integer.class);
    }

    /** Which records a body of a Kafka route holds, such as {@code users/3@17-42}; empty for any other body. */
    static String offsets(@Nullable Object body) {
        Map<String, String> ranges = new TreeMap<>();
        if (body instanceof List<?> batch) {
            for (Object one : batch) {
                if (one instanceof Exchange exchange) {
                    Message message = exchange.getMessage();
                    String partition =
                            message.getHeader(KafkaConstants.TOPIC) + "/" + message.getHeader(KafkaConstants.PARTITION);
                    String offset = String.valueOf(message.getHeader(KafkaConstants.OFFSET));
                    ranges.merge(partition, offset, (range, last) -> range.replaceFirst("-.*", "") + "-" + last);
                }
            }
        }
        return ranges.isEmpty()
                ? ""
                : "offsets="
                        + ranges.entrySet().stream()
                                .map(range -> range.getKey() + "@" + range.getValue())
                                .collect(Collectors.joining(","));
    }

    /** In one request: each would be waited for by itself, one after the other. */
    private void commit(Collection<Message> last) {
        Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>();
        DefaultKafkaManualCommit any = null;
        for (Message message : last) {
            any = message.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
            behind.put(any.getPartition(), new OffsetAndMetadata(any.getRecordOffset() + 1));
        }
        if (any == null) {
            return;
        }
        any.getCamelExchangePayload().consumer.commitSync(behind, Duration.ofMillis(any.getCommitTimeout()));
        for (Message message : last) {
            deadLetters.forget(
                    message.getHeader(KafkaConstants.TOPIC, String.class),
                    message.getHeader(KafkaConstants.PARTITION, Integer.class),
                    message.getHeader(KafkaConstants.OFFSET, Long.class));
        }
    }

    private IncomingRecord record(Exchange exchange) {
        Message message = exchange.getMessage();
        long posted = message.getHeader(KafkaConstants.TIMESTAMP, Long.class);
        return new IncomingRecord(
                message.getHeader(KafkaConstants.TOPIC, String.class),
                message.getHeader(KafkaConstants.PARTITION, Integer.class),
                message.getHeader(KafkaConstants.OFFSET, Long.class),
                posted,
                timestamp(posted),
                (byte[]) message.getHeader(KafkaConstants.KEY),
                (byte[]) message.getBody(),
                headers(message.getHeader(KafkaConstants.HEADERS, Headers.class)));
    }

    private Instant timestamp(long posted) {
        return posted < FIRST_SENSIBLE || posted > LAST_SENSIBLE ? clock.instant() : Instant.ofEpochMilli(posted);
    }

    private static Map<String, String> headers(Headers headers) {
        Map<String, String> known = new HashMap<>();
        for (Header header : headers) {
            String name = header.key().toLowerCase(Locale.ROOT);
            if (isKnown(name) && header.value() != null) {
                known.put(name, new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return known;
    }
}
