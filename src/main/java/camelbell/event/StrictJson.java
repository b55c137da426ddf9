package camelbell.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to one JSON object, or a {@link MalformedTicketEventException}. Strict where leniency would let two readers
 * see two different events: UTF-8 only, no duplicate keys, nothing behind the document, bounded depth and size.
 */
final class StrictJson {

    static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    static Fields object(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            throw new MalformedTicketEventException(ErrorCode.EMPTY, "", "the record has no value");
        }
        if (bytes.length > MAX_BYTES) {
            throw new MalformedTicketEventException(
                    ErrorCode.TOO_LARGE, "", bytes.length + " bytes; at most " + MAX_BYTES + " are taken");
        }
        JsonNode node = parse(text(bytes));
        if (node.isMissingNode()) {
            throw new MalformedTicketEventException(ErrorCode.EMPTY, "", "the value is white space only");
        }
        if (!node.isObject()) {
            throw new MalformedTicketEventException(
                    ErrorCode.NOT_OBJECT, "", "the document is of type " + node.getNodeType());
        }
        return new Fields(node, "");
    }

    /** A document that travelled inside another. */
    static JsonNode inner(byte[] bytes) {
        return parse(text(bytes));
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTicketEventException(ErrorCode.MALFORMED, "", "the bytes are not UTF-8");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new MalformedTicketEventException(ErrorCode.MALFORMED, "", "not one JSON document" + where);
        }
    }
}
