package camelbell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.MalformedEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaBatchTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final KafkaBatch batch = new KafkaBatch(new AcknowledgedDeadLetters(), Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(
            longs = {
                -1, // Kafka's NO_TIMESTAMP
                0,
                1_735_038_600L, // seconds
                1_735_038_600_000_000L, // microseconds
                1_735_038_600_000_000_000L, // nanoseconds
                253_402_300_800_000L, // the year 10000
                Long.MIN_VALUE,
                Long.MAX_VALUE
            })
    void a_timestamp_that_is_no_time_becomes_the_hubs(long millis) {
        assertThat(taken(millis)).isEqualTo(NOW);
    }

    @Test
    void any_other_is_the_records() {
        assertThat(List.of(taken(946_684_800_000L), taken(1_735_038_600_000L), taken(253_402_300_799_999L)))
                .containsExactly(
                        Instant.parse("2000-01-01T00:00:00Z"),
                        Instant.parse("2024-12-24T11:10:00Z"),
                        Instant.parse("9999-12-31T23:59:59.999Z"));
    }

    @Test
    void a_dead_letter_for_a_record_without_a_sensible_time_is_written_once_however_often_its_batch_comes() {
        AcknowledgedDeadLetters deadLetters = new AcknowledgedDeadLetters();
        KafkaBatch ticking = new KafkaBatch(deadLetters, Clock.systemUTC());
        deadLetters.add(malformed(ticking));
        assertThat(deadLetters.missing(List.of(malformed(ticking)))).isEmpty();
    }

    private static MalformedEvent malformed(KafkaBatch batch) {
        return new MalformedEvent(batch.records(List.of(exchange(-1))).get(0), "EMPTY", "", "");
    }

    private Instant taken(long millis) {
        return batch.records(List.of(exchange(millis))).get(0).timestamp();
    }

    private static Exchange exchange(long millis) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, "ticket-events");
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, 0);
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, 7L);
        exchange.getMessage().setHeader(KafkaConstants.TIMESTAMP, millis);
        exchange.getMessage().setHeader(KafkaConstants.HEADERS, new RecordHeaders());
        return exchange;
    }
}
