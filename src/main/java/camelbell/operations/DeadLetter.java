package camelbell.operations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** One record of a topic of dead letters; the page "Dead letters" of the reference says what its headers mean. */
record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

    /** Where it lies: topic, partition and offset. */
    String id() {
        return record.topic() + "-" + record.partition() + "-" + record.offset();
    }

    /** When it was put aside. */
    Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    String code() {
        return header("error-code");
    }

    /** Empty when the letter does not have it. */
    String header(String name) {
        Header header = record.headers().lastHeader("camelbell-" + name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
