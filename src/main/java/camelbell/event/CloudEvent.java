package camelbell.event;

import camelbell.model.IncomingRecord;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context attributes of one CloudEvent and its data, whichever way they travelled: all in the value (structured)
 * or as {@code ce_} headers beside the data (binary).
 *
 * @param time the event's own, or {@link IncomingRecord#timestamp} where upstream gives none
 */
record CloudEvent(String source, String id, String type, Instant time, Fields data) {

    private static final int MAX_IDENTIFIER = 255; // source and id together must fit one PostgreSQL index entry
    private static final Set<String> VERSIONS = Set.of("1.0");

    static CloudEvent of(IncomingRecord record) {
        Fields value = StrictJson.object(record.value());
        boolean binary = record.headers().containsKey("ce_specversion");
        Fields context = binary ? new Fields(attributes(record.headers()), "") : value;
        context.oneOf("specversion", VERSIONS);
        checkJson(context.optionalText("datacontenttype"));
        Instant time = context.optionalTime("time");
        return new CloudEvent(
                context.identifier("source", MAX_IDENTIFIER),
                context.identifier("id", MAX_IDENTIFIER),
                context.identifier("type", MAX_IDENTIFIER),
                time == null ? record.timestamp() : time,
                binary ? value : value.object("data"));
    }

    /** The {@code ce_} headers under the names that the structured form gives them. */
    private static ObjectNode attributes(Map<String, String> headers) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> {
            if (name.startsWith("ce_")) {
                attributes.put(name.substring(3), value);
            } else if (name.equals("content-type")) {
                attributes.put("datacontenttype", value);
            }
        });
        return attributes;
    }

    private static void checkJson(@Nullable String contentType) {
        if (contentType != null
                && !contentType.toLowerCase(Locale.ROOT).matches("application/([a-z0-9.+-]*\\+)?json(\\s*;.*)?")) {
            throw new MalformedTicketEventException(ErrorCode.INVALID_FIELD, "/datacontenttype", "must be JSON");
        }
    }
}
