package camelbell.fault;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bad record of a good event by one change, of which is known beforehand what is wrong with it: the decoder is
 * never asked. Source: the corpus K1 to K13, and contract §5 for codes and fields.
 */
final class Mutations {

    private static final int TOO_LARGE = 256 * 1024;

    private final Random random;
    private final List<Mutation> all = new ArrayList<>();

    /** One way to break an event; the text holds each of the parts that {@link Good} names exactly once. */
    private interface Mutation {
        Bad apply(String key, Good good);
    }

    /** A good event as text, and the parts of it that are replaced. */
    private record Good(String text) {

        String with(String part, String other) {
            int at = text.indexOf(part);
            if (at < 0 || text.indexOf(part, at + 1) >= 0) {
                throw new IllegalArgumentException("not once in the event: " + part);
            }
            return text.substring(0, at) + other + text.substring(at + part.length());
        }
    }

    private record Part(String pointer, String name, String value) {

        String whole() {
            return "\"" + name + "\":" + value;
        }
    }

    private static final String ID = "\"fuzz-id\"";
    private static final List<Part> TEXTS = List.of(
            new Part("/specversion", "specversion", "\"1.0\""),
            new Part("/id", "id", ID),
            new Part("/source", "source", "\"urn:fuzz\""),
            new Part("/type", "type", "\"ticket_created\""),
            new Part("/data/ticket/title", "title", "\"Down 漢字\""),
            new Part("/data/ticket/priority", "priority", "\"HIGH\""),
            new Part("/data/ticket/category", "category", "\"BUG\""),
            new Part("/data/ticket/status", "status", "\"NEW\""),
            new Part("/data/ticket/created_at", "created_at", "\"2026-01-01T00:00:00Z\""));
    private static final List<Part> IDS =
            List.of(new Part("/data/ticket/id", "id", "63"), new Part("/data/ticket/created_by", "created_by", "7"));
    private static final List<Part> OPTIONAL_TEXTS = List.of(
            new Part("/time", "time", "\"2026-01-02T00:00:00Z\""),
            new Part("/datacontenttype", "datacontenttype", "\"application/json\""),
            new Part("/data/ticket/project_name", "project_name", "\"Main\""));
    private static final Good GOOD = new Good(
            """
            {"specversion":"1.0","id":"fuzz-id","source":"urn:fuzz","type":"ticket_created","time":"2026-01-02T00:00:00Z",\
            "datacontenttype":"application/json","data":{"ticket":{"id":63,"title":"Down 漢字","priority":"HIGH",\
            "category":"BUG","status":"NEW","created_by":7,"project_name":"Main","created_at":"2026-01-01T00:00:00Z"},\
            "actor":20,"assignees":[3,4]}}""");

    Mutations(Random random) {
        this.random = random;
        bytes();
        documents();
        fields();
        values();
    }

    int kinds() {
        return all.size();
    }

    /** The n-th record: every kind comes in turn, the details are random. */
    Bad bad(int number) {
        return all.get(number % all.size()).apply("fuzz-" + number, GOOD);
    }

    private void bytes() {
        add("EMPTY", "", good -> null);
        add("EMPTY", "", good -> new byte[0]);
        add("EMPTY", "", good -> " \t\r\n".repeat(1 + random.nextInt(50)).getBytes(UTF_8));
        add("MALFORMED", "", good -> cut(good.text.getBytes(UTF_8)));
        add("MALFORMED", "", good -> (good.text + one("x", "}", "{}", "]", ",", "\u0000", "\"")).getBytes(UTF_8));
        add("MALFORMED", "", good -> ("\ufeff" + good.text).getBytes(UTF_8));
        add("MALFORMED", "", good -> good.text.getBytes(UTF_16));
        add("MALFORMED", "", good -> insert(good.text.getBytes(UTF_8), 0xF8 + random.nextInt(8)));
        add("MALFORMED", "", good -> zipped(good.text.getBytes(UTF_8)));
        add("MALFORMED", "", good -> ("\u0000\u0000\u0000\u0000\u0007" + good.text).getBytes(UTF_8));
        add("MALFORMED", "", good -> noise());
    }

    private void documents() {
        add("NOT_OBJECT", "", good -> one("[]", "\"x\"", "null", "7", "true", "[" + good.text + "]")
                .getBytes(UTF_8));
        text("MALFORMED", "", good -> {
            Part part = TEXTS.get(random.nextInt(TEXTS.size()));
            return part.pointer.equals("/id")
                    ? good.with(ID, ID + ",\"id\":\"other\"")
                    : good.with(part.whole(), part.whole() + "," + part.whole());
        });
        text("MALFORMED", "", good -> {
            int depth = 65 + random.nextInt(20_000);
            return good.with("\"data\":{", "\"deep\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"data\":{");
        });
        text("MALFORMED", "", good -> good.with(":63", ":" + one("NaN", "Infinity", "063", "+63", "0x3F", "6_3", "")));
        text("MALFORMED", "", good -> good.with("{\"specversion\"", "{'specversion'"));
        text("TOO_LARGE", "", good -> good.with("Down", "x".repeat(TOO_LARGE + random.nextInt(100_000))));
        text("MISSING_FIELD", "/specversion", good -> "{}");
    }

    private void fields() {
        for (Part part : TEXTS) {
            text("MISSING_FIELD", part.pointer, good -> good.with(part.whole(), "\"" + part.name + "\":null"));
            text("MISSING_FIELD", part.pointer, good -> good.with(part.whole(), "\"not_" + part.name + "\":1"));
            text("INVALID_FIELD", part.pointer, good -> good.with(part.whole(), "\"" + part.name + "\":" + noText()));
        }
        for (Part part : OPTIONAL_TEXTS) {
            text("INVALID_FIELD", part.pointer, good -> good.with(part.whole(), "\"" + part.name + "\":" + noText()));
        }
        for (Part part : IDS) {
            text("MISSING_FIELD", part.pointer, good -> good.with(part.whole(), "\"" + part.name + "\":null"));
            text("INVALID_FIELD", part.pointer, good -> good.with(part.whole(), "\"" + part.name + "\":" + noId()));
        }
        text("MISSING_FIELD", "/data", good -> good.with("\"data\":", "\"Data\":"));
        text("MISSING_FIELD", "/data/ticket", good -> good.with("\"ticket\":{", "\"tickets\":{"));
        text(
                "INVALID_FIELD",
                "/data",
                good -> "{\"data\":" + one("[]", "\"{}\"", "1") + ","
                        + good.with("\"data\":{", "\"other\":{").substring(1));
        text(
                "INVALID_FIELD",
                "/data/ticket",
                good -> good.with(
                        "\"data\":{\"ticket\":", "\"data\":{\"ticket\":" + one("[]", "\"63\"", "63") + ",\"other\":"));
        text("INVALID_FIELD", "/data/actor", good -> good.with(":20", ":" + noId()));
        text("INVALID_FIELD", "/data/assignees", good -> good.with("[3,4]", one("{}", "\"3\"", "3", "true")));
        text("INVALID_FIELD", "/data/assignees", good -> good.with("[3,4]", "[1" + ",1".repeat(10_000) + "]"));
        text("INVALID_FIELD", "/data/assignees/2", good -> good.with("[3,4]", "[3,4," + noId() + "]"));
    }

    private void values() {
        text(
                "UNKNOWN_TYPE",
                "/type",
                good -> good.with(
                        "ticket_created",
                        one("TICKET_CREATED", "ticket_closed", "ticket_created ", "com.example.other")));
        text("INVALID_FIELD", "/specversion", good -> good.with("\"1.0\"", one("\"0.3\"", "\"2.0\"", "\"1\"", "\"\"")));
        text("INVALID_FIELD", "/data/ticket/priority", good -> good.with("HIGH", one("URGENT", "high", "", "HIGH ")));
        text("INVALID_FIELD", "/datacontenttype", good -> good.with("application/json", one("text/xml", "json", "/")));
        for (String part : List.of(ID, "\"urn:fuzz\"")) {
            String pointer = part.equals(ID) ? "/id" : "/source";
            text("INVALID_FIELD", pointer, good -> good.with(part, noIdentifier()));
        }
        for (String time : List.of("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")) {
            String pointer = time.startsWith("2026-01-01") ? "/data/ticket/created_at" : "/time";
            text(
                    "INVALID_FIELD",
                    pointer,
                    good -> good.with(time, one("2025-02-30T00:00:00Z", "yesterday", "1767225600", "", "2025-02-28")));
            text(
                    "INVALID_FIELD",
                    pointer,
                    good -> good.with(time, OddTimes.BAD.get(random.nextInt(OddTimes.BAD.size()))));
        }
        text(
                "INVALID_FIELD",
                "/data/ticket/title",
                good -> good.with("Down", one("\\ud83d", "\\udd14 x", "a\\ud800b")));
    }

    private String noText() {
        return one("5", "true", "[]", "{}", "[\"x\"]", "5.5");
    }

    private String noId() {
        return one("-1", "0", "9223372036854775808", "\"5\"", "5.5", "true", "[]", "{}", "1e400", "\"\"", "1e2");
    }

    private String noIdentifier() {
        return "\"" + one("", "   ", "a\\u0000b", "a\\nb", "x".repeat(256 + random.nextInt(10_000)), "\\u0007") + "\"";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void text(String code, String pointer, Function<Good, String> change) {
        add(code, pointer, good -> change.apply(good).getBytes(UTF_8));
    }

    private interface Bytes {
        byte @Nullable [] of(Good good);
    }

    private void add(String code, String pointer, Bytes change) {
        all.add((key, good) -> Bad.of(key, change.of(good), code, pointer));
    }

    private byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
    }

    private byte[] insert(byte[] bytes, int value) {
        int at = random.nextInt(bytes.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.write(value);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /** Bytes at random behind one that begins no JSON document. */
    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(2000)];
        random.nextBytes(bytes);
        bytes[0] = '#';
        return bytes;
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
