package camelbell.status;

import camelbell.model.KeyedRecord;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.Change;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports as they wait in the outbox (short: arrays, the event once), and as records of the topic (explicit). */
final class StatusJson {

    private static final JsonMapper SHORT = shortForm();
    private static final JsonMapper TOPIC = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private StatusJson() {}

    /** One record of the topic, in the order of its fields. */
    private record StatusRecord(
            @Nullable String eventId,
            @Nullable String source,
            @Nullable String eventType,
            @Nullable Long ticket,
            String change,
            String at,
            @Nullable Long notification,
            @Nullable Long recipient,
            @Nullable String channel,
            @Nullable String reason) {}

    static byte[] pack(List<StatusReport> reports) {
        try {
            return SHORT.writeValueAsBytes(reports.toArray(StatusReport[]::new));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write " + reports.size() + " status reports as JSON", e);
        }
    }

    static List<StatusReport> unpack(byte[] packed) {
        try {
            return List.of(SHORT.readValue(packed, StatusReport[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read status reports from " + packed.length + " bytes", e);
        }
    }

    static Stream<KeyedRecord> records(StatusReport report) {
        return report.changes().stream().map(change -> new KeyedRecord(report.key(), json(report, change)));
    }

    private static byte[] json(StatusReport report, Change change) {
        try {
            return TOPIC.writeValueAsBytes(new StatusRecord(
                    report.eventId(),
                    report.source(),
                    report.type(),
                    report.ticket(),
                    change.what(),
                    report.at().toString(),
                    change.notification(),
                    change.recipient(),
                    change.channel(),
                    change.reason()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write a status record as JSON", e);
        }
    }

    private static JsonMapper shortForm() {
        JsonMapper mapper = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        JsonFormat.Value arrays = JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY);
        mapper.configOverride(StatusReport.class).setFormat(arrays);
        mapper.configOverride(Change.class).setFormat(arrays);
        return mapper;
    }
}
