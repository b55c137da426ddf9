package camelbell.fault;

import static camelbell.fault.Odd.EITHER;
import static camelbell.fault.Odd.RECORDED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Times, sizes and headers at and beyond their limits. What is right of each is contract §5 and dead-letters.md. */
final class OddEvents {

    private static final int LARGEST = 256 * 1024;
    private static final int LONG_TITLE = 240_000;
    private static final int WHOLE = OddTitles.WHOLE;
    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
    private static final List<String> UNITS = List.of("x", "漢", "👩‍👩‍👧‍👦", "e\u0301\u0323", "🇩🇪", "\u202e");

    private final List<Odd> all = new ArrayList<>();
    private final Map<String, OddTitles.Title> titles = new LinkedHashMap<>();

    OddEvents() {
        times();
        titles();
        sizes();
        headers();
        binary();
    }

    List<Odd> all() {
        return all;
    }

    /** What was posted as the title of which event. */
    Map<String, OddTitles.Title> posted() {
        return titles;
    }

    private void times() {
        for (String field : List.of("/time", "/data/ticket/created_at")) {
            OddTimes.BAD.forEach(time -> add(timed(field, time), "INVALID_FIELD", field));
            OddTimes.GOOD.forEach(time -> add(timed(field, time), RECORDED, ""));
            OddTimes.EITHER.forEach(time -> add(timed(field, time), EITHER, ""));
        }
    }

    private ObjectNode timed(String field, String time) {
        ObjectNode event = event();
        ObjectNode at = field.equals("/time") ? event : (ObjectNode) event.at("/data/ticket");
        at.put(field.substring(field.lastIndexOf('/') + 1), time);
        return event;
    }

    private void titles() {
        for (String unit : UNITS) {
            int whole = WHOLE / (int) unit.codePoints().count();
            title(unit, whole);
            title(unit, whole + 1);
            title(unit, LONG_TITLE / unit.getBytes(UTF_8).length);
        }
        title("a" + "\u0301".repeat(LONG_TITLE / 2), 1); // one grapheme, which no screen ever showed
    }

    private void title(String unit, int times) {
        ObjectNode event = Beside.titled(event(), unit.repeat(times));
        titles.put(event.path("id").asText(), new OddTitles.Title(unit, times));
        add(event, RECORDED, "");
    }

    private void sizes() {
        add(told(10_000), RECORDED, "");
        add(told(10_001), "INVALID_FIELD", "/data/assignees");
        add(ofBytes(LARGEST - 1), RECORDED, "");
        add(ofBytes(LARGEST), RECORDED, "");
        add(ofBytes(LARGEST + 1), "TOO_LARGE", "");
        add(ofBytes(1_000_000), "TOO_LARGE", "");
        add(deep(60), RECORDED, "");
        add(deep(70), "MALFORMED", "");
        ObjectNode wide = event();
        LongStream.range(0, 20_000).forEach(i -> wide.put("x" + i, 0));
        add(wide, RECORDED, "");
    }

    private ObjectNode told(int people) {
        return Beside.event(
                next(),
                "ticket_assigned",
                7,
                LongStream.rangeClosed(9_000_000, 9_000_000 + people - 1)
                        .boxed()
                        .toList());
    }

    private ObjectNode ofBytes(int bytes) {
        ObjectNode event = event().put("filling", "");
        return event.put("filling", "x".repeat(bytes - event.toString().getBytes(UTF_8).length));
    }

    private ObjectNode deep(int levels) {
        ObjectNode event = event();
        ObjectNode at = event;
        for (int i = 0; i < levels; i++) {
            at = at.putObject("x");
        }
        return event;
    }

    private void headers() {
        add(
                RECORDED,
                IntStream.range(0, 1000).mapToObj(i -> header("x-" + i, "v")).toArray(Header[]::new));
        add(RECORDED, header("x-large", "h".repeat(600_000)));
        add(RECORDED, header("", "nameless"), header("", ""));
        add(RECORDED, new RecordHeader("x-nothing", (byte[]) null));
        add(RECORDED, new RecordHeader("x-no-text", new byte[] {(byte) 0xff, (byte) 0xfe, 0}));
        add(RECORDED, header("content-type", STRUCTURED));
        add(RECORDED, header("content-type", STRUCTURED), header("ce_time", "junk"), header("ce_time", "junk"));
        // the content type decides
        add(RECORDED, header("content-type", STRUCTURED), header("ce_specversion", "1.0"), header("ce_id", "other"));
        add(EITHER, header("ce_time", "junk"));
        add(EITHER, new RecordHeader("ce_subject", new byte[] {(byte) 0xc3, '('}));
    }

    /** Everything in headers but the data, one of which is wrong. Source: CloudEvents, Kafka protocol binding. */
    private void binary() {
        binary("x-other", "junk", RECORDED, "");
        binary("ce_time", "junk", "INVALID_FIELD", "/time");
        binary("ce_time", "9999-12-31T23:59:59-05:00", "INVALID_FIELD", "/time");
        binary("ce_time", "2026-01-01t00:00:00z", RECORDED, "");
        binary("ce_specversion", "0.3", "INVALID_FIELD", "/specversion");
        binary("ce_type", "ticket_closed", "UNKNOWN_TYPE", "/type");
        binary("ce_id", "", "INVALID_FIELD", "/id");
        binary("ce_source", "x".repeat(5000), "INVALID_FIELD", "/source");
        binary("content-type", "text/xml; charset=UTF-8", "INVALID_FIELD", "/datacontenttype");
        binary("content-type", "application/json; charset=UTF-8", RECORDED, "");
    }

    private void binary(String name, String value, String right, String pointer) {
        ObjectNode event = event();
        String id = event.path("id").asText();
        Map<String, String> attributes = new LinkedHashMap<>(
                Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", Beside.SOURCE, "ce_type", "ticket_assigned"));
        attributes.put("content-type", "application/json");
        attributes.put(name, value);
        List<Header> headers = attributes.entrySet().stream()
                .map(one -> header(one.getKey(), one.getValue()))
                .toList();
        all.add(new Odd(id, event.path("data").toString().getBytes(UTF_8), headers, right, pointer));
    }

    private void add(String right, Header... headers) {
        ObjectNode event = event();
        all.add(new Odd(event.path("id").asText(), bytes(event), List.of(headers), right, ""));
    }

    private void add(ObjectNode event, String right, String pointer) {
        all.add(new Odd(event.path("id").asText(), bytes(event), List.of(), right, pointer));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(UTF_8);
    }

    private ObjectNode event() {
        return Beside.event(next(), "ticket_assigned", 7, List.of());
    }

    private String next() {
        return "odd-" + all.size();
    }
}
