package camelbell.operations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A user record without what a person's URL keeps secret: its path and query, of which a chat's webhook consists, and a login. Of a
 * record that is JSON the host stays, since it is what an operator looks for. What stands instead is no URL, so that a record that
 * is repaired from what is shown is refused again.
 */
final class MaskedUrls {

    static final String MASK = "<hidden>";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** In text that is no JSON, or only the beginning of it; with however many strokes before strokes. */
    private static final Pattern URL = Pattern.compile("(?i)https?(?::|\\\\+u003a)(?:\\\\*/|\\\\+u002f){2}[^\\s\"]*");

    private MaskedUrls() {}

    /** Bytes of any kind; those that hold no URL stay as they are. */
    static byte[] in(byte[] value) {
        try {
            JsonNode record = STRICT.readTree(value);
            return mask(record) ? STRICT.writeValueAsBytes(record) : value;
        } catch (IOException | StackOverflowError noJson) {
            return URL.matcher(new String(value, ISO_8859_1)).replaceAll(MASK).getBytes(ISO_8859_1);
        }
    }

    private static boolean mask(JsonNode node) {
        boolean masked = false;
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (isUrl(field.getValue())) {
                    object.set(field.getKey(), masked(field.getValue()));
                    masked = true;
                } else {
                    masked |= mask(field.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isUrl(array.get(i))) {
                    array.set(i, masked(array.get(i)));
                    masked = true;
                } else {
                    masked |= mask(array.get(i));
                }
            }
        }
        return masked;
    }

    private static boolean isUrl(JsonNode value) {
        return value.isTextual() && value.textValue().contains("://");
    }

    private static TextNode masked(JsonNode url) {
        try {
            URI uri = new URI(url.textValue());
            return TextNode.valueOf(
                    uri.getHost() == null ? MASK : uri.getScheme() + "://" + uri.getHost() + "/" + MASK);
        } catch (URISyntaxException e) {
            return TextNode.valueOf(MASK);
        }
    }
}
