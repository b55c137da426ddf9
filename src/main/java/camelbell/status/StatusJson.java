package camelbell.status;

import camelbell.model.KeyedRecord;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports as they wait in the outbox (short: arrays, the event once), and as records of the topic (explicit). */
final class StatusJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private StatusJson() {}

    /** A row of the outbox: arrays in the order of {@link StatusReport} and its changes, times in seconds of the epoch. */
    static byte[] pack(List<StatusReport> reports) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * reports.size() + 2);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartArray();
            for (StatusReport report : reports) {
                out.writeStartArray();
                out.writeString(report.key());
                out.writeString(report.eventId());
                out.writeString(report.source());
                out.writeString(report.type());
                number(out, report.ticket());
                Instant at = report.at();
                out.writeNumber(BigDecimal.valueOf(at.getEpochSecond()).add(BigDecimal.valueOf(at.getNano(), 9)));
                out.writeStartArray();
                for (StatusChange change : report.changes()) {
                    out.writeStartArray();
                    out.writeString(change.what());
                    number(out, change.notification());
                    number(out, change.recipient());
                    out.writeString(change.channel());
                    out.writeString(change.reason());
                    out.writeEndArray();
                }
                out.writeEndArray();
                out.writeEndArray();
            }
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + reports.size() + " status reports as JSON", e);
        }
        return bytes.toByteArray();
    }

    private static void number(JsonGenerator out, @Nullable Long value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeNumber(value);
        }
    }

    /**
     * The records of a row of the outbox, in their order. Read and written token by token: there is one for every change of
     * every notification.
     */
    static List<KeyedRecord> records(byte[] packed) {
        List<KeyedRecord> records = new ArrayList<>();
        try (JsonParser in = FACTORY.createParser(packed)) {
            expect(in.nextToken() == JsonToken.START_ARRAY, in);
            while (in.nextToken() == JsonToken.START_ARRAY) {
                report(in, records);
            }
            expect(in.currentToken() == JsonToken.END_ARRAY && in.nextToken() == null, in);
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read status reports from " + packed.length + " bytes", e);
        }
    }

    /** The event, which stands once for all its changes, in the order of {@link StatusReport}. */
    private static void report(JsonParser in, List<KeyedRecord> records) throws IOException {
        String key = text(in);
        String eventId = text(in);
        String source = text(in);
        String type = text(in);
        Long ticket = number(in);
        String at = time(in);
        expect(key != null && in.nextToken() == JsonToken.START_ARRAY, in);
        while (in.nextToken() == JsonToken.START_ARRAY) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
            try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
                out.writeStartObject();
                write(out, "event_id", eventId);
                write(out, "source", source);
                write(out, "event_type", type);
                write(out, "ticket", ticket);
                write(out, "change", text(in));
                write(out, "at", at);
                write(out, "notification", number(in));
                write(out, "recipient", number(in));
                write(out, "channel", text(in));
                write(out, "reason", text(in));
                out.writeEndObject();
            }
            expect(in.nextToken() == JsonToken.END_ARRAY, in);
            records.add(new KeyedRecord(String.valueOf(key), bytes.toByteArray()));
        }
        expect(in.currentToken() == JsonToken.END_ARRAY && in.nextToken() == JsonToken.END_ARRAY, in);
    }

    private static void write(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static void write(JsonGenerator out, String name, @Nullable Long value) throws IOException {
        if (value != null) {
            out.writeNumberField(name, value);
        }
    }

    private static @Nullable String text(JsonParser in) throws IOException {
        JsonToken next = in.nextToken();
        expect(next == JsonToken.VALUE_STRING || next == JsonToken.VALUE_NULL, in);
        return next == JsonToken.VALUE_NULL ? null : in.getText();
    }

    private static @Nullable Long number(JsonParser in) throws IOException {
        JsonToken next = in.nextToken();
        expect(next == JsonToken.VALUE_NUMBER_INT || next == JsonToken.VALUE_NULL, in);
        return next == JsonToken.VALUE_NULL ? null : (Long) in.getLongValue();
    }

    /** Seconds of the epoch and their fraction, as the module for Java's times writes an instant. */
    private static String time(JsonParser in) throws IOException {
        expect(in.nextToken().isNumeric(), in);
        BigDecimal seconds = in.getDecimalValue();
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                        whole.longValue(),
                        seconds.subtract(whole).movePointRight(9).longValue())
                .toString();
    }

    private static void expect(boolean met, JsonParser in) throws IOException {
        if (!met) {
            throw new JsonParseException(in, "these are no status reports of this version");
        }
    }
}
