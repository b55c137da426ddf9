package camelbell.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;

class RetriesFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            EMAIL    | SMTP 450              | TRANSIENT
            EMAIL    | SMTP 451 4.7.1        | TRANSIENT
            EMAIL    | SMTP 4.7.28, SMTP 450 | SLOW_CHANNEL
            EMAIL    | SMTP 4.2.2, SMTP 452  | THROTTLE_RECIPIENT
            EMAIL    | SMTP 4.3.2, SMTP 421  | SLOW_CHANNEL
            EMAIL    | SMTP 454              | UNAVAILABLE
            EMAIL    | SMTP 550              | PERMANENT
            EMAIL    | SMTP 4.7.1, SMTP 554  | TRANSIENT
            EMAIL    | SMTP 5.7.0, SMTP 530  | STOP_CHANNEL
            EMAIL    | SMTP SENDER 553       | STOP_CHANNEL
            EMAIL    | SMTP SENDER 450       | SLOW_CHANNEL
            EMAIL    | SMTP AUTHENTICATION   | STOP_CHANNEL
            EMAIL    | SMTP TLS              | STOP_CHANNEL
            EMAIL    | SMTP CONNECT          | UNAVAILABLE
            EMAIL    | SMTP NO ANSWER        | UNKNOWN
            WHATSAPP | META 130429, HTTP 429 | SLOW_CHANNEL
            WHATSAPP | META 80007, HTTP 400  | SLOW_CHANNEL
            WHATSAPP | META 131056, HTTP 429 | THROTTLE_RECIPIENT
            WHATSAPP | META 131000, HTTP 500 | TRANSIENT
            WHATSAPP | META 190, HTTP 401    | STOP_CHANNEL
            WHATSAPP | META 368, HTTP 400    | STOP_CHANNEL
            WHATSAPP | META 131037, HTTP 400 | STOP_CHANNEL
            WHATSAPP | META 33, HTTP 400     | STOP_CHANNEL
            WHATSAPP | META 100/33, META 100, HTTP 400 | STOP_CHANNEL
            WHATSAPP | META 100/2494010, META 100, HTTP 400 | PERMANENT
            WHATSAPP | META 100, HTTP 404    | PERMANENT
            WHATSAPP | HTTP 404              | STOP_CHANNEL
            WHATSAPP | HTTP 407              | STOP_CHANNEL
            WHATSAPP | HTTP 400              | PERMANENT
            WHATSAPP | META 131042, HTTP 400 | STOP_CHANNEL
            WHATSAPP | META 250, HTTP 400    | STOP_CHANNEL
            WHATSAPP | META 132001, HTTP 500 | PERMANENT
            WHATSAPP | META 131026, HTTP 400 | PERMANENT
            WHATSAPP | META 999999, HTTP 400 | PERMANENT
            WHATSAPP | META 999999, HTTP 503 | UNAVAILABLE
            WHATSAPP | HTTP 302              | TRANSIENT
            WHATSAPP | HTTP NO ANSWER        | UNKNOWN
            WHATSAPP | HTTP 100              | TRANSIENT
            """)
    void an_error_means_what_the_table_says(String channel, String evidence, ErrorClass meaning) {
        ErrorTable table = Objects.requireNonNull(ShippedRetries.file().errors().table(channel));
        assertThat(table.of(List.of(evidence.split(", "))).errorClass()).isEqualTo(meaning);
    }

    @Test
    void an_entry_with_attempts_ends_earlier_than_the_schedule_and_its_neighbours_do_not() {
        ErrorClasses errors = ShippedRetries.file().errors();
        Delivery delivery = ADelivery.aDelivery().over(ADelivery.WHATSAPP).delivery();

        assertThat(errors.outcome(delivery, "META 131000")).isEqualTo(new FailedForNow("META 131000", null, 3));
        assertThat(errors.outcome(delivery, "META 1")).isEqualTo(new FailedForNow("META 1", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SMTP 4xx, SMTP 4.x.x   | SMPT 4xx              | SMPT 4xx     | pattern
            unknown: [SMTP NO      | unknown: [SMTP 421, SMTP NO | unknown: \\[SMTP 421 | SMTP 421 stands here already
            max-age: 48h           | max-age: 10s          | max-age: 10s | shorter than the schedule's first wait
            max-age: 48h           | max-age: soon         | max-age: soon | pattern
            'schedule: [30s, 5m, 15m, 1h, 4h, 12h]' | 'schedule: []' | schedule: \\[\\] | 1
            at-least: 10           | at-least: 30          | at-least: 30 | more than window
            '  EMAIL:'             | '  PIGEON:'           | PIGEON | no channel PIGEON in policy.yaml
            burst: 20, when        | burst: 19, when       | burst: 19    | burst is less than per-second
            every: 1m, burst       | every: 0s, burst      | recipient-rate | pattern
            when: throttled        | when: sometimes       | when: sometimes | always
            jitter: 0.2            | jitter: 2             | jitter: 2    | 0.9
            stop-channel: [SMTP A  | stop-chanel: [SMTP A  | stop-chanel | did you mean stop-channel?
            'META 131000, attempts: 3' | 'META 131000, attempts: 7' | 131000, attempts | the schedule ends after attempt 7 anyway
            'META 131000, attempts: 3' | 'META 131000, attempts: 0' | 131000, attempts | minimum
            'META 131000, attempts: 3' | 'META 131000, atempts: 3'  | error: META 131000 | did you mean attempts?
            'META 131000, attempts: 3' | 'META 13x, attempts: 3'    | error: META 13x   | pattern
            throttle-recipient: [META 131056] | 'throttle-recipient: [{ error: META 131056, attempts: 3 }]' | throttle-recipient: \\[\\{ error | string
            """)
    void a_wrong_entry_is_named_with_file_and_line(String right, String wrong, String inLine, String complaint)
            throws IOException {
        String yaml = Files.readString(Path.of("routes/retries.yaml"));
        int at = yaml.indexOf("\nchannels:");
        String changed = yaml.substring(0, at) + replaceFirst(yaml.substring(at), right, wrong);
        int line = 1
                + (int) changed.substring(0, position(changed, at, inLine))
                        .lines()
                        .count()
                - 1;

        assertThatThrownBy(() -> ShippedRetries.read(new ByteArrayResource(changed.getBytes(UTF_8), "retries.yaml")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("retries.yaml]:" + line + ":")
                .hasMessageContaining(complaint);
    }

    private static int position(String text, int from, String pattern) {
        var found = java.util.regex.Pattern.compile(pattern).matcher(text);
        assertThat(found.find(from)).as(pattern).isTrue();
        return found.end();
    }

    private static String replaceFirst(String text, String right, String wrong) {
        int at = text.indexOf(right);
        assertThat(at).as(right).isNotNegative();
        return text.substring(0, at) + wrong + text.substring(at + right.length());
    }
}
