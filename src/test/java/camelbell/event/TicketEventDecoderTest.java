package camelbell.event;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.DecodedBatch;
import camelbell.model.IncomingRecord;
import camelbell.model.Policy;
import camelbell.model.TicketEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketEventDecoderTest {

    private static final Instant POSTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String DATA =
            """
            {"ticket":{"id":63,"title":"Down","priority":"HIGH","category":"BUG","status":"NEW","created_by":7,
            "project_name":"Main","created_at":"2016-02-29T07:08:00Z"},"actor":20,"assignees":[3,4,3]}""";
    private static final String GOOD =
            """
            {"specversion":"1.0","id":"e1","source":"urn:x","type":"ticket_created","time":"2016-02-29T08:08:00+01:00",
            "datacontenttype":"application/json","data":%s}"""
                    .formatted(DATA);

    private final TicketEventDecoder decoder =
            new TicketEventDecoder(new Policy(Map.of(), Map.of("ticket_created", new Policy.Event(List.of(), null))));

    @Test
    void a_structured_event_is_read_field_by_field() {
        TicketEvent event = decode(GOOD).events().get(0);
        assertThat(event.source()).isEqualTo("urn:x");
        assertThat(event.id()).isEqualTo("e1");
        assertThat(event.time()).isEqualTo(Instant.parse("2016-02-29T07:08:00Z"));
        assertThat(event.assignees()).containsExactly(3L, 4L);
        assertThat(event.actor()).isEqualTo(20L);
        assertThat(event.ticket().createdBy()).isEqualTo(7);
        assertThat(event.ticket().createdAt()).isEqualTo(Instant.parse("2016-02-29T07:08:00Z"));
    }

    @Test
    void further_fields_of_the_ticket_are_kept_where_the_table_names_them_and_are_scalars() {
        String data = DATA.replace(
                "\"id\":63",
                "\"id\":63,\"severity\":3,\"vip\":true,\"region\":\"E\\u0000U\",\"ratio\":0.50,\"long\":\""
                        + "x".repeat(2000)
                        + "\",\"list\":[1],\"object\":{\"a\":1},\"nothing\":null,\"half\":\"\\ud800\",\"other\":1");
        List<String> named =
                List.of("severity", "vip", "region", "ratio", "long", "list", "object", "nothing", "half", "absent");
        TicketEventDecoder naming = new TicketEventDecoder(new Policy(
                Map.of(),
                Map.of("ticket_created", new Policy.Event(List.of(), null)),
                new Policy.FurtherFields(named, List.of())));

        DecodedBatch batch =
                naming.decode(List.of(record(GOOD.replace(DATA, data).getBytes(StandardCharsets.UTF_8))));
        assertThat(batch.events().get(0).ticket().further())
                .containsOnlyKeys("severity", "vip", "region", "ratio", "long")
                .containsEntry("severity", "3")
                .containsEntry("vip", "true")
                .containsEntry("region", "EU")
                .containsEntry("ratio", "0.5")
                .hasEntrySatisfying("long", text -> assertThat(text).hasSize(1000));
        assertThat(decode(GOOD.replace(DATA, data)).events().get(0).ticket().further())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12500000.0, 12500000",
        "1.25e7, 12500000",
        "1.0, 1",
        "-0.0, 0",
        "0.50, 0.5",
        "1e-7, 0.0000001",
        "1e20, 100000000000000000000",
        "12345678901234567890, 12345678901234567890",
        "1e400,",
        "-1e999999999,",
        "1e99999999999,",
        "1e-99999999999, 0"
    })
    void a_number_among_further_fields_is_kept_in_plain_notation(String number, @Nullable String kept) {
        TicketEventDecoder naming = new TicketEventDecoder(new Policy(
                Map.of(),
                Map.of("ticket_created", new Policy.Event(List.of(), null)),
                new Policy.FurtherFields(List.of("cost"), List.of())));
        String event = GOOD.replace(DATA, DATA.replace("\"id\":63", "\"id\":63,\"cost\":" + number));

        DecodedBatch batch = naming.decode(List.of(record(event.getBytes(StandardCharsets.UTF_8))));
        assertThat(batch.events().get(0).ticket().further().get("cost")).isEqualTo(kept);
    }

    @Test
    void a_binary_event_is_the_same_event() {
        assertThat(binary(DATA, "application/json; charset=utf-8").events())
                .isEqualTo(decode(GOOD).events());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents+json; charset=UTF-8",
                " Application/CloudEvents+JSON ;charset=utf-8",
                "application/cloudevents"
            })
    void what_the_content_type_says_is_structured_is_read_from_the_value_whatever_headers_stand_beside_it(String type) {
        Map<String, String> headers = Map.of(
                "content-type",
                type,
                "ce_specversion",
                "1.0",
                "ce_id",
                "other",
                "ce_source",
                "urn:y",
                "ce_time",
                "junk");
        assertThat(decoder.decode(List.of(record(bytes(GOOD), headers))).events())
                .isEqualTo(decode(GOOD).events());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/json",
                "application/vnd.ticket.v1+json",
                "application/problem+json",
                "Application/JSON",
                "text/x-json",
                "application/json;charset=utf-8",
                "application/json ; charset=\\\"utf-8\\\"; odata=verbose",
                " application/json ",
                "",
                " "
            })
    void every_json_media_type_is_json(String type) {
        String event = GOOD.replace("application/json", type);
        assertThat(decode(event).events()).isEqualTo(decode(GOOD).events());
        assertThat(decode(event).malformed()).isEmpty();
        assertThat(binary(DATA, type.replace("\\", "")).events())
                .isEqualTo(decode(GOOD).events());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "text/xml",
                "application/jsonp",
                "application/json-seq",
                "application/x-ndjson",
                "/json",
                "application/+json",
                "application/json charset=utf-8",
                "text/plain; a=application/json",
                ";"
            })
    void what_is_no_json_media_type_is_refused(String type) {
        assertThat(List.of(decode(GOOD.replace("application/json", type)), binary(DATA, type)))
                .allSatisfy(
                        batch -> assertThat(batch.malformed()).singleElement().satisfies(wrong -> assertThat(
                                        wrong.code() + wrong.pointer())
                                .isEqualTo("INVALID_FIELD/datacontenttype")));
    }

    @Test
    void data_may_travel_as_base64() {
        assertThat(decode(packed(DATA)).events()).isEqualTo(decode(GOOD).events());
        assertThat(decode(packed(DATA).replace("\"data_base64\"", "\"data\":null,\"data_base64\""))
                        .events())
                .isEqualTo(decode(GOOD).events());
    }

    @Test
    void what_is_wrong_with_data_in_base64_is_named() {
        assertThat(Map.of(
                        packed(DATA.replace("HIGH", "URGENT")), "INVALID_FIELD/data/ticket/priority",
                        packed("[]"), "INVALID_FIELD/data_base64",
                        packed(""), "INVALID_FIELD/data_base64",
                        packed("{\"ticket\":1,\"ticket\":2}"), "INVALID_FIELD/data_base64",
                        packed(DATA).replaceFirst("data_base64\":\"", "data_base64\":\"*"), "INVALID_FIELD/data_base64",
                        packed(DATA).replaceFirst("data_base64\":\".*?\"", "data_base64\":5"),
                                "INVALID_FIELD/data_base64",
                        packed(DATA).replace("\"data_base64\"", "\"data\":{},\"data_base64\""),
                                "INVALID_FIELD/data_base64"))
                .allSatisfy((event, expected) -> assertThat(decode(event).malformed())
                        .singleElement()
                        .satisfies(wrong ->
                                assertThat(wrong.code() + wrong.pointer()).isEqualTo(expected)));
    }

    @Test
    void an_event_without_a_time_has_the_records_time() {
        assertThat(decode(GOOD.replaceAll("\"time\":\"[^\"]*\",", ""))
                        .events()
                        .get(0)
                        .time())
                .isEqualTo(POSTED);
    }

    @Test
    void what_upstream_may_leave_out_is_empty() {
        String lean = GOOD.replace(",\"actor\":20,\"assignees\":[3,4,3]", "")
                .replaceAll("\"project_name\":\"Main\",\\s*", "");
        TicketEvent event = decode(lean).events().get(0);
        assertThat(event.assignees()).isEmpty();
        assertThat(event.actor()).isNull();
        assertThat(event.ticket().projectName()).isEmpty();
    }

    @Test
    void a_nul_is_dropped_and_every_other_character_stays() {
        String title = GOOD.replace("\"Down\"", "\"a\\u0000b\\r\\nBcc: <script> \\u202e 🔔\"");
        assertThat(decode(title).events().get(0).ticket().title()).isEqualTo("ab\r\nBcc: <script> \u202e 🔔");
    }

    @Test
    void a_malformed_record_does_not_hold_up_the_good_ones_around_it() {
        DecodedBatch batch = decoder.decode(
                List.of(record(bytes(GOOD)), record(bytes("{")), record(bytes(GOOD.replace("e1", "e2")))));
        assertThat(batch.events()).extracting(TicketEvent::id).containsExactly("e1", "e2");
        assertThat(batch.malformed()).hasSize(1);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                bad(null, "EMPTY", ""),
                bad(bytes(""), "EMPTY", ""),
                bad(bytes("  \n"), "EMPTY", ""),
                bad(bytes("[]"), "NOT_OBJECT", ""),
                bad(bytes("\"x\""), "NOT_OBJECT", ""),
                bad(bytes("null"), "NOT_OBJECT", ""),
                bad(bytes("{}"), "MISSING_FIELD", "/specversion"),
                bad(bytes(GOOD.substring(0, 90)), "MALFORMED", ""),
                bad(bytes(GOOD + "x"), "MALFORMED", ""),
                bad(bytes("\ufeff" + GOOD), "MALFORMED", ""),
                bad(GOOD.getBytes(StandardCharsets.UTF_16), "MALFORMED", ""),
                bad(bytes(GOOD.replace("Down", "D\u00fcwn"), StandardCharsets.ISO_8859_1), "MALFORMED", ""),
                bad(bytes(GOOD.replace("\"id\":\"e1\"", "\"id\":\"e1\",\"id\":\"e2\"")), "MALFORMED", ""),
                bad(bytes("[".repeat(10_000)), "MALFORMED", ""),
                bad(bytes(GOOD.replace("63", "NaN")), "MALFORMED", ""),
                bad(bytes(GOOD.replace("Down", "x".repeat(256 * 1024))), "TOO_LARGE", ""),
                changed("\"Down\"", "\"\\ud83d\"", "INVALID_FIELD", "/data/ticket/title"),
                changed("\"Down\"", "null", "MISSING_FIELD", "/data/ticket/title"),
                changed("\"Down\"", "5", "INVALID_FIELD", "/data/ticket/title"),
                changed("\"id\":\"e1\"", "\"id\":\"\"", "INVALID_FIELD", "/id"),
                changed("\"id\":\"e1\"", "\"id\":7", "INVALID_FIELD", "/id"),
                changed("\"id\":\"e1\"", "\"id\":\"e\\u00001\"", "INVALID_FIELD", "/id"),
                changed("\"id\":\"e1\"", "\"id\":\"" + "x".repeat(10_000) + "\"", "INVALID_FIELD", "/id"),
                changed("\"id\":\"e1\",", "", "MISSING_FIELD", "/id"),
                changed("\"source\":\"urn:x\",", "", "MISSING_FIELD", "/source"),
                changed("\"1.0\"", "\"2.0\"", "INVALID_FIELD", "/specversion"),
                changed("application/json", "text/xml", "INVALID_FIELD", "/datacontenttype"),
                changed("ticket_created", "TICKET_CREATED", "UNKNOWN_TYPE", "/type"),
                changed("\"ticket\":{", "\"tickets\":{", "MISSING_FIELD", "/data/ticket"),
                changed("63", "-1", "INVALID_FIELD", "/data/ticket/id"),
                changed("63", "0", "INVALID_FIELD", "/data/ticket/id"),
                changed("63", "9223372036854775808", "INVALID_FIELD", "/data/ticket/id"),
                changed("63", "1e400", "INVALID_FIELD", "/data/ticket/id"),
                changed("63", "\"5\"", "INVALID_FIELD", "/data/ticket/id"),
                changed("63", "5.5", "INVALID_FIELD", "/data/ticket/id"),
                changed("HIGH", "URGENT", "INVALID_FIELD", "/data/ticket/priority"),
                changed("[3,4,3]", "[3,\"4\"]", "INVALID_FIELD", "/data/assignees/1"),
                changed("[3,4,3]", "{}", "INVALID_FIELD", "/data/assignees"),
                changed("2016-02-29T07:08:00Z", "2025-02-30T00:00:00Z", "INVALID_FIELD", "/data/ticket/created_at"),
                changed("2016-02-29T07:08:00Z", "2025-02-28T00:00:00", "INVALID_FIELD", "/data/ticket/created_at"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9999-12-31T23:59:59-05:00",
                "9999-12-31T18:00:00-06:00",
                "0001-01-01T00:00:00+05:00",
                "0001-01-01T00:00+05:00",
                "0000-12-31T23:59:59Z",
                "-0001-06-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "+292278995-01-01T00:00:00Z",
                "1767225600",
                "2016-12-31T12:00:60Z",
                "2016-12-31T23:59:60+01:00",
                "2016-12-31T23:59:61Z",
                "9999-12-31T23:59:60-05:00",
                "2026-01-01T00:00:00.12345678901",
                "2026-01-01T24:00:01Z",
                "2026-01-01T00:00:00+19:00",
                "",
                "infinity"
            })
    void a_time_that_is_there_but_wrong_is_never_the_records(String time) {
        assertThat(List.of(GOOD.replace("2016-02-29T08:08:00+01:00", time), GOOD.replace("2016-02-29T07:08:00Z", time)))
                .allSatisfy(value -> assertThat(decode(value).malformed())
                        .singleElement()
                        .satisfies(wrong -> assertThat(wrong.code() + wrong.pointer())
                                .isIn("INVALID_FIELD/time", "INVALID_FIELD/data/ticket/created_at")));
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T05:00:00+05:00, 0001-01-01T00:00:00Z",
        "9999-12-31T18:59:59-05:00, 9999-12-31T23:59:59Z",
        "+10000-01-01T04:59:59+05:00, 9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z",
        "2026-01-01T00:00:00.1234567Z, 2026-01-01T00:00:00.123456Z",
        "2026-01-01T00:00:00.9999999999Z, 2026-01-01T00:00:00.999999Z",
        "2026-01-01T00:00:00.123456789012345678901234567890+01:00, 2025-12-31T23:00:00.123456Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
        "2016-12-31t23:59:60.9999999999z, 2016-12-31T23:59:59.999999Z",
        "2017-01-01T08:59:60.5+09:00, 2016-12-31T23:59:59.5Z",
        "9999-12-31T23:59:60Z, 9999-12-31T23:59:59Z"
    })
    void the_year_counts_in_utc_a_fraction_is_cut_to_microseconds_and_a_leap_second_is_the_second_before_it(
            String time, Instant kept) {
        assertThat(decode(GOOD.replace("2016-02-29T08:08:00+01:00", time)).events())
                .singleElement()
                .satisfies(event -> assertThat(event.time()).isEqualTo(kept));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_can_never_be_processed_is_named_by_code_and_pointer(
            byte @Nullable [] value, String code, String pointer) {
        DecodedBatch batch = decoder.decode(List.of(record(value)));
        assertThat(batch.events()).isEmpty();
        assertThat(batch.malformed()).singleElement().satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(code);
            assertThat(wrong.pointer()).isEqualTo(pointer);
            assertThat(Arrays.equals(wrong.record().value(), value)).isTrue();
        });
    }

    private static Arguments bad(byte @Nullable [] value, String code, String pointer) {
        return Arguments.of(value, code, pointer);
    }

    private static Arguments changed(String from, String to, String code, String pointer) {
        String value = GOOD.replace(from, to);
        assertThat(value).isNotEqualTo(GOOD);
        return bad(bytes(value), code, pointer);
    }

    private static String packed(String data) {
        return GOOD.replace(
                "\"data\":" + DATA, "\"data_base64\":\"" + Base64.getEncoder().encodeToString(bytes(data)) + "\"");
    }

    private DecodedBatch binary(String data, String contentType) {
        return decoder.decode(List.of(record(
                bytes(data),
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        "e1",
                        "ce_source",
                        "urn:x",
                        "ce_type",
                        "ticket_created",
                        "ce_time",
                        "2016-02-29T07:08:00Z",
                        "content-type",
                        contentType))));
    }

    private DecodedBatch decode(String value) {
        return decoder.decode(List.of(record(bytes(value))));
    }

    private static IncomingRecord record(byte @Nullable [] value) {
        return record(value, Map.of());
    }

    private static IncomingRecord record(byte @Nullable [] value, Map<String, String> headers) {
        return new IncomingRecord("ticket-events", 0, 1, POSTED.toEpochMilli(), POSTED, null, value, headers);
    }

    private static byte[] bytes(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }
}
