package camelbell.identity;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a record of the users topic is about, as its key says: digits, the same as a JSON text, as serialisers of JSON write
 * them, or a JSON object with the {@code id}. A deletion has nothing else to go by.
 */
final class UserKey {

    private static final Pattern DIGITS = Pattern.compile("(\"?)\\s*0*(?<id>[1-9][0-9]{0,18})\\s*\\1");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private UserKey() {}

    /** The person's id, or null when the key names nobody. */
    static @Nullable Long of(byte @Nullable [] key) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8).strip();
        Matcher digits = DIGITS.matcher(text.startsWith("{") ? idOf(text) : text);
        try {
            return digits.matches() ? Long.valueOf(digits.group("id")) : null;
        } catch (NumberFormatException beyond) {
            return null;
        }
    }

    private static String idOf(String object) {
        try {
            return JSON.readTree(object).path("id").asText();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
