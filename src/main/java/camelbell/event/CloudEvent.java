package camelbell.event;

import camelbell.model.IncomingRecord;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** RFC 6838: "json" of whatever kind, or what is written in it; parameters say nothing, the bytes are UTF-8. */
    private static final Pattern JSON =
            Pattern.compile("[a-z0-9!#$&^_.+-]+/(json|x-json|[a-z0-9!#$&^_.+-]+\\+json)\\s*(;.*)?", Pattern.DOTALL);

    static CloudEvent of(IncomingRecord record) {
        Fields value = StrictJson.object(record.value());
        boolean binary = record.isBinaryEvent();
        Fields context = binary ? new Fields(attributes(record.headers()), "") : value;
        context.oneOf("specversion", VERSIONS);
        checkJson(context.optionalText("datacontenttype"));
        Instant time = context.optionalTime("time");
        return new CloudEvent(
                context.identifier("source", MAX_IDENTIFIER),
                context.identifier("id", MAX_IDENTIFIER),
                context.identifier("type", MAX_IDENTIFIER),
                time == null ? record.timestamp() : time,
                binary ? value : data(value));
    }

    private static Fields data(Fields event) {
        return event.has("data_base64") ? event.packed("data_base64", "data") : event.object("data");
    }

    /** The {@code ce_} headers under the names that the structured form gives them. */
    private static ObjectNode attributes(Map<String, String> headers) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> {
            if (name.startsWith("ce_")) {
                attributes.put(name.substring(3), value);
            }
        });
        String contentType = headers.get("content-type");
        if (contentType != null) {
            attributes.put("datacontenttype", contentType);
        }
        return attributes;
    }

    /** None, or an empty one, is JSON: that is what the value is. */
    private static void checkJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !JSON.matcher(type).matches()) {
            throw new MalformedTicketEventException(ErrorCode.INVALID_FIELD, "/datacontenttype", "must be JSON");
        }
    }
}
