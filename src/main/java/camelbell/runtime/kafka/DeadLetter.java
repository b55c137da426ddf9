package camelbell.runtime.kafka;

import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.stereotype.Component;

/**
 * Makes the dead letter: key and value as received, to the byte, with headers that say why, where from and when. They
 * hold no value of the event, because values may be personal data. A topic may refuse that: {@link TruncatedDeadLetter}.
 */
@Component("deadLetter")
class DeadLetter {

    /** No sentence of ours is longer; what a dead letter says beside the record must always fit. */
    private static final int LONGEST = 1000;

    private static final int LAST_YEAR = 9999;

    private final KafkaProperties kafka;
    private final Clock clock;

    DeadLetter(KafkaProperties kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /** As received. */
    public void whole(@ExchangeProperty("malformed") MalformedEvent malformed, Message message) {
        IncomingRecord record = malformed.record();
        address(malformed, message);
        message.setHeader(KafkaConstants.KEY, record.key());
        record.headers().forEach((name, value) -> header(message, name, value));
        message.setBody(record.value());
    }

    /** What the topic has room for by default: the value's beginning, and the rest as far as it is small. */
    public void head(@ExchangeProperty("malformed") MalformedEvent malformed, Message message) {
        address(malformed, message);
        TruncatedDeadLetter.head(malformed.record()).write(message);
    }

    /** Nothing but the reasons and the origin, for a topic that takes next to nothing. */
    public void bare(@ExchangeProperty("malformed") MalformedEvent malformed, Message message) {
        address(malformed, message);
        TruncatedDeadLetter.bare(malformed.record()).write(message);
    }

    private void address(MalformedEvent malformed, Message message) {
        IncomingRecord record = malformed.record();
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topicFor(record));
        header(message, "camelbell-error-code", malformed.code());
        header(message, "camelbell-error-pointer", shortened(malformed.pointer()));
        header(message, "camelbell-error-detail", shortened(malformed.detail()));
        header(message, "camelbell-original-topic", record.topic());
        header(message, "camelbell-original-partition", Integer.toString(record.partition()));
        header(message, "camelbell-original-offset", Long.toString(record.offset()));
        header(message, "camelbell-original-timestamp", time(Instant.ofEpochMilli(record.posted())));
        header(message, "camelbell-failed-at", clock.instant().toString());
    }

    String topicFor(IncomingRecord record) {
        return record.topic().equals(kafka.topics().users())
                ? kafka.topics().usersDeadLetters()
                : kafka.topics().deadLetters();
    }

    /** RFC 3339; milliseconds since 1970 where the record's own time is none that RFC 3339 could say. */
    private static String time(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 0 && year <= LAST_YEAR ? time.toString() : Long.toString(time.toEpochMilli());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static void header(Message message, String name, String value) {
        message.setHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
