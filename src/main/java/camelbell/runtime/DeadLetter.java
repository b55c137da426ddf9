package camelbell.runtime;

import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.stereotype.Component;

/**
 * Makes the dead letter: key and value as received, to the byte, with headers that say why, where from and when. They
 * hold no value of the event, because values may be personal data.
 */
@Component("deadLetter")
class DeadLetter {

    private final KafkaProperties kafka;
    private final Clock clock;

    DeadLetter(KafkaProperties kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    public void address(MalformedEvent malformed, Message message) {
        IncomingRecord record = malformed.record();
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topicFor(record));
        message.setHeader(KafkaConstants.KEY, record.key());
        header(message, "camelbell-error-code", malformed.code());
        header(message, "camelbell-error-pointer", malformed.pointer());
        header(message, "camelbell-error-detail", malformed.detail());
        header(message, "camelbell-original-topic", record.topic());
        header(message, "camelbell-original-partition", Integer.toString(record.partition()));
        header(message, "camelbell-original-offset", Long.toString(record.offset()));
        header(message, "camelbell-original-timestamp", record.timestamp().toString());
        header(message, "camelbell-failed-at", clock.instant().toString());
        record.headers().forEach((name, value) -> header(message, name, value));
        message.setBody(record.value());
    }

    private String topicFor(IncomingRecord record) {
        return record.topic().equals(kafka.topics().users())
                ? kafka.topics().usersDeadLetters()
                : kafka.topics().deadLetters();
    }

    private static void header(Message message, String name, String value) {
        message.setHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
