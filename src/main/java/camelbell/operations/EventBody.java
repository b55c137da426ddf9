package camelbell.operations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The event in a request, as the very bytes that stand there: what is odd about them is the decoder's to judge. */
final class EventBody {

    private static final JsonFactory JSON = new JsonFactory();

    private EventBody() {}

    /** Null for whatever is no JSON object with an object under "event". */
    static byte @Nullable [] event(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(body)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? event(parser, body) : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static byte @Nullable [] event(JsonParser parser, byte[] body) throws IOException {
        byte[] event = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals("event");
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            long begin = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            long end = parser.currentLocation().getByteOffset();
            if (wanted && (event != null || !object || begin < 0)) {
                return null; // twice, no object, or in UTF-16, where nobody counts bytes
            }
            event = wanted ? Arrays.copyOfRange(body, (int) begin, (int) end) : event;
        }
        return parser.nextToken() == null ? event : null;
    }
}
