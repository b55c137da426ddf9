package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.operations.Explanation.Notification;
import camelbell.operations.Explanation.Try;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptHistoryTest {

    private static final String SENT = "2026-01-31T08:00:05.4Z";

    @Test
    void a_report_of_the_second_in_which_the_mail_went_out_comes_behind_it() {
        assertThat(history(SENT, one("2026-01-31T08:00:05Z", "BOUNCED"))).containsExactly("SENT", "BOUNCED");
    }

    @Test
    void a_report_by_a_clock_that_is_behind_comes_behind_the_mail_too() {
        assertThat(history(SENT, one("2026-01-31T07:58:00Z", "BOUNCED"))).containsExactly("SENT", "BOUNCED");
    }

    @Test
    void a_delay_comes_before_the_failure_of_the_same_second() {
        assertThat(history(SENT, one("2026-01-31T09:00:00Z", "BOUNCED"), one("2026-01-31T09:00:00.001Z", "DELAYED")))
                .containsExactly("SENT", "DELAYED", "BOUNCED");
    }

    @Test
    void a_mail_that_was_sent_once_more_stands_behind_the_failure_of_the_first() {
        assertThat(history(
                        "2026-02-01T10:00:00Z",
                        one("2026-01-31T08:00:05Z", "BOUNCED"),
                        one(SENT, "SENT"),
                        one("2026-01-31T08:00:01Z", "FAILED_FOR_NOW")))
                .containsExactly("FAILED_FOR_NOW", "SENT", "BOUNCED", "SENT");
    }

    @Test
    void what_was_never_sent_is_told_by_time_and_a_noted_sending_is_told_once() {
        assertThat(history(null, one("2026-01-31T08:00:06Z", "FAILED_FOR_GOOD"), one(SENT, "FAILED_FOR_NOW")))
                .containsExactly("FAILED_FOR_NOW", "FAILED_FOR_GOOD");
        assertThat(history(SENT, one(SENT, "SENT"))).containsExactly("SENT");
    }

    private static Try one(String at, String outcome) {
        return new Try(Instant.parse(at), 1, outcome, null);
    }

    private static List<String> history(@Nullable String sentAt, Try... tries) {
        Instant created = Instant.parse("2026-01-31T08:00:00Z");
        Instant sent = sentAt == null ? null : Instant.parse(sentAt);
        Notification row =
                new Notification(7, "EMAIL", "SENT", null, null, "<m@x>", created, sent, null, null, null, List.of());
        return AttemptHistory.of(row, Map.of(7L, List.of(tries))).attempts().stream()
                .map(Try::outcome)
                .toList();
    }
}
