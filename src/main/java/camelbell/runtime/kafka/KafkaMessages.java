package camelbell.runtime.kafka;

import camelbell.model.KeyedRecord;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.springframework.stereotype.Component;

/** Many records for one call of the Kafka producer, which sends the messages in a body each under its own key. */
@Component("kafkaMessages")
class KafkaMessages {

    public List<Message> of(List<KeyedRecord> records, Exchange exchange) {
        return records.stream().map(record -> message(record, exchange)).toList();
    }

    public List<Message> one(KeyedRecord record, Exchange exchange) {
        return of(List.of(record), exchange);
    }

    private static Message message(KeyedRecord record, Exchange exchange) {
        Message message = new DefaultMessage(exchange);
        message.setHeader(KafkaConstants.KEY, record.key());
        message.setBody(record.value());
        return message;
    }
}
