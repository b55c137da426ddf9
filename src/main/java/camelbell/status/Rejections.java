package camelbell.status;

import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells producers of events that were dead-lettered, as far as such an event says which one it is. */
@Component("rejections")
class Rejections {

    private static final int LONGEST_READ = 256 * 1024;
    private static final int LONGEST_NAME = 255;

    private final JsonMapper json = new JsonMapper();
    private final StatusOutbox outbox;
    private final Clock clock;

    Rejections(StatusOutbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * In the transaction that records the events around them: a batch that cannot be recorded comes again, and its
     * producers are told once.
     */
    public void note(List<MalformedEvent> malformed) {
        outbox.put(malformed.stream().map(this::report).toList());
    }

    private StatusReport report(MalformedEvent malformed) {
        IncomingRecord record = malformed.record();
        JsonNode value = read(record.value());
        String id = attribute(record, value, "id");
        return new StatusReport(
                id == null ? key(record.key()) : id,
                id,
                attribute(record, value, "source"),
                attribute(record, value, "type"),
                ticket(record.isBinaryEvent() ? value : value.path("data")),
                clock.instant(),
                List.of(StatusChange.ofEvent("rejected", malformed.code())));
    }

    private JsonNode read(byte @Nullable [] value) {
        try {
            return value == null || value.length > LONGEST_READ ? MissingNode.getInstance() : json.readTree(value);
        } catch (IOException unreadable) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable String attribute(IncomingRecord record, JsonNode value, String name) {
        String text = record.isBinaryEvent()
                ? record.headers().get("ce_" + name)
                : value.path(name).textValue();
        return text == null || text.isBlank() || text.length() > LONGEST_NAME ? null : wellFormed(text);
    }

    private static @Nullable Long ticket(JsonNode data) {
        JsonNode id = data.path("ticket").path("id");
        return id.isIntegralNumber() && id.canConvertToLong() ? id.longValue() : null;
    }

    private static String key(byte @Nullable [] key) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return text.length() > LONGEST_NAME ? wellFormed(text.substring(0, LONGEST_NAME)) : text;
    }

    /** Without halves of surrogate pairs, which JSON may hold and UTF-8 may not. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
