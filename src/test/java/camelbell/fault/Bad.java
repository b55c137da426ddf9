package camelbell.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that can never be an event, and why.
 *
 * @param key the record's key, by which its dead letter is known; no other record has it
 * @param truncated whether its dead letter must be marked as holding less, because the topic refuses its size
 */
record Bad(
        String key,
        byte @Nullable [] value,
        Map<String, String> headers,
        String code,
        String pointer,
        boolean truncated) {

    Bad(String key, byte @Nullable [] value, Map<String, String> headers, String code, String pointer) {
        this(key, value, headers, code, pointer, false);
    }

    static Bad of(String key, byte @Nullable [] value, String code, String pointer) {
        return new Bad(key, value, Map.of(), code, pointer);
    }

    Bad asTruncated() {
        return new Bad(key, value, headers, code, pointer, true);
    }
}
