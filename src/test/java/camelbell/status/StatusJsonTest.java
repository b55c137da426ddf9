package camelbell.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.KeyedRecord;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusJsonTest {

    private static final Instant AT = Instant.parse("2026-01-01T10:00:00.123456Z");

    @Test
    void eachChangeIsARecordOfTheTopicUnderTheKeyOfItsEvent() {
        StatusReport report = new StatusReport(
                "e-1",
                "e-1",
                "urn:a",
                "ticket_created",
                7L,
                AT,
                List.of(
                        StatusChange.ofEvent("accepted", null),
                        new StatusChange("skipped", 9_000_000_000L, 3L, "EMAIL", "NO_ADDRESS \"é\" 🔔")));

        List<KeyedRecord> records = StatusJson.records(StatusJson.pack(List.of(report)));

        assertThat(records).extracting(KeyedRecord::key).containsExactly("e-1", "e-1");
        assertThat(records)
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly(
                        "{\"event_id\":\"e-1\",\"source\":\"urn:a\",\"event_type\":\"ticket_created\",\"ticket\":7,"
                                + "\"change\":\"accepted\",\"at\":\"2026-01-01T10:00:00.123456Z\"}",
                        "{\"event_id\":\"e-1\",\"source\":\"urn:a\",\"event_type\":\"ticket_created\",\"ticket\":7,"
                                + "\"change\":\"skipped\",\"at\":\"2026-01-01T10:00:00.123456Z\","
                                + "\"notification\":9000000000,\"recipient\":3,\"channel\":\"EMAIL\","
                                + "\"reason\":\"NO_ADDRESS \\\"é\\\" \\uD83D\\uDD14\"}");
    }

    @Test
    void aRowIsArraysInTheOrderThatEarlierVersionsReadAndWrote() {
        StatusReport report = new StatusReport(
                "e-1",
                "e-1",
                "urn:a",
                null,
                7L,
                AT,
                List.of(StatusChange.ofEvent("accepted", null), new StatusChange("sent", 1L, 3L, "SYSTEM", null)));

        assertThat(new String(StatusJson.pack(List.of(report, report)), UTF_8))
                .isEqualTo("["
                        + String.join(
                                ",",
                                Collections.nCopies(
                                        2,
                                        "[\"e-1\",\"e-1\",\"urn:a\",null,7,1767261600.123456000,[[\"accepted\",null,null,null,null],"
                                                + "[\"sent\",1,3,\"SYSTEM\",null]]]"))
                        + "]");
    }

    @Test
    void whatARejectedEventDoesNotSayIsLeftOut() {
        StatusReport report = new StatusReport(
                "key",
                null,
                null,
                null,
                null,
                Instant.parse("2026-01-01T10:00:00Z"),
                List.of(StatusChange.ofEvent("rejected", "EMPTY")));

        assertThat(StatusJson.records(StatusJson.pack(List.of(report))))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("{\"change\":\"rejected\",\"at\":\"2026-01-01T10:00:00Z\",\"reason\":\"EMPTY\"}");
    }

    @Test
    void aRowOfAnotherVersionIsNotTakenForLess() {
        for (String row : List.of(
                "",
                "{}",
                "[{}]",
                "[[\"e\",null,null,null,null,1.5]]",
                "[[\"e\",null,null,null,null,1.5,[]",
                "[[\"e\",null,null,null,null,1.5,[[\"sent\",1,2,\"EMAIL\",null,\"more\"]]]]",
                "[] []")) {
            assertThatThrownBy(() -> StatusJson.records(row.getBytes(UTF_8)))
                    .as(row)
                    .isInstanceOf(UncheckedIOException.class);
        }
    }
}
