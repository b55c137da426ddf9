package camelbell.operations;

import camelbell.rest.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One record of a topic of dead letters; the page "Dead letters" of the reference says what its headers mean. */
record StoredDeadLetter(ConsumerRecord<byte[], byte[]> record) {

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    /** Where it lies: topic, partition and offset. */
    String id() {
        return place().id();
    }

    DeadLetterPosition place() {
        return new DeadLetterPosition(record.topic(), record.partition(), record.offset(), at());
    }

    /** When it was put aside; within what the database can hold, whoever wrote the record. */
    Instant at() {
        return Instant.ofEpochMilli(Math.max(0, Math.min(record.timestamp(), LATEST)));
    }

    String code() {
        return header("error-code");
    }

    /** Empty when the dead letter does not have it. */
    String header(String name) {
        Header header = record.headers().lastHeader("camelbell-" + name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** True when it holds only the head of the record. */
    boolean truncated() {
        return record.headers().lastHeader("camelbell-truncated") != null;
    }

    /** Bytes of the value, of a truncated dead letter those of the record that died. */
    long size() {
        Long said = truncated() ? Ids.of(header("original-size")) : null;
        byte[] value = record.value();
        return said != null ? said : value == null ? 0 : value.length;
    }

    /** In hexadecimal; of a truncated dead letter that of the record that died. */
    String sha256() {
        return truncated() ? header("original-sha256") : sha256(record.value());
    }

    static String sha256(byte @Nullable [] value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value == null ? new byte[0] : value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
