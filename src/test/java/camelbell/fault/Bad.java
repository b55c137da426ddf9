package camelbell.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that can never be an event, and why.
 *
 * @param key the record's key, by which its dead letter is known; no other record has it
 */
record Bad(String key, byte @Nullable [] value, Map<String, String> headers, String code, String pointer) {

    static Bad of(String key, byte @Nullable [] value, String code, String pointer) {
        return new Bad(key, value, Map.of(), code, pointer);
    }
}
