package camelbell.runtime.kafka;

import camelbell.model.IncomingRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * What is left of a record where an existing topic refuses its size. The header {@code camelbell-truncated} names the
 * parts that are not as received; size and SHA-256 of the value, and the origin, let a replay find and know the original.
 *
 * @param key of the dead letter; the origin when the record's own is left out, because a compacted topic wants one
 */
record TruncatedDeadLetter(
        byte[] key, byte[] value, Map<String, String> headers, String truncated, IncomingRecord original) {

    /** Of the value. With the key and the headers below a dead letter stays under 20 KB. */
    private static final int HEAD = 8 * 1024;

    private static final int KEY = 1024;
    private static final int HEADERS = 4 * 1024;
    private static final byte[] NOTHING = {};

    static TruncatedDeadLetter head(IncomingRecord record) {
        return of(record, HEAD, KEY, HEADERS);
    }

    static TruncatedDeadLetter bare(IncomingRecord record) {
        return of(record, -1, -1, -1);
    }

    private static TruncatedDeadLetter of(IncomingRecord record, int longestValue, int longestKey, int longestHeaders) {
        StringJoiner truncated = new StringJoiner(",");
        byte[] key = record.key();
        if (key == null || key.length > longestKey) {
            truncated.add("key");
            key = origin(record);
        }
        byte[] value = record.value();
        if (value == null || value.length > longestValue) {
            truncated.add("value");
            value = value == null ? NOTHING : Arrays.copyOf(value, Math.max(0, longestValue));
        }
        Map<String, String> headers = record.headers();
        if (size(headers) > longestHeaders) {
            truncated.add("headers");
            headers = Map.of();
        }
        return new TruncatedDeadLetter(key, value, headers, truncated.toString(), record);
    }

    private static byte[] origin(IncomingRecord record) {
        return (record.topic() + "-" + record.partition() + "-" + record.offset()).getBytes(StandardCharsets.UTF_8);
    }

    private static int size(Map<String, String> headers) {
        return headers.entrySet().stream()
                .mapToInt(
                        header -> header.getKey().length() + header.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    void write(Message message) {
        byte[] whole = original.value();
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("camelbell-truncated", truncated);
        all.put("camelbell-original-size", Integer.toString(whole == null ? 0 : whole.length));
        all.put("camelbell-original-sha256", sha256(whole == null ? NOTHING : whole));
        all.forEach((name, text) -> DeadLetter.header(message, name, text));
        message.setHeader(KafkaConstants.KEY, key);
        message.setBody(value);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
