package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.ADelivery;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import camelbell.model.NotificationStatus;
import camelbell.model.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryDecisionTest {

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofMinutes(1);
    private static final RetryPolicy POLICY =
            new RetryPolicy(List.of(STEP, LAST), 0, Duration.ofHours(24), 1, Duration.ofMinutes(2));

    @Test
    void a_failure_for_now_waits_as_the_schedule_says_and_then_is_given_up() {
        assertThat(waitAfter(new FailedForNow("SMTP 450", null), 1)).isEqualTo(STEP);
        assertThat(waitAfter(new FailedForNow("SMTP 450", null), 2)).isEqualTo(LAST);
        assertThat(failure(new FailedForNow("SMTP 450", null), 3, 0)).isEqualTo("SMTP 450; gave up after attempt 3");
    }

    @Test
    void an_error_that_is_given_up_earlier_says_that_it_was_the_error_and_not_the_schedule() {
        assertThat(waitAfter(new FailedForNow("META 131000", null, 2), 1)).isEqualTo(STEP);
        assertThat(failure(new FailedForNow("META 131000", null, 2), 2, 0))
                .isEqualTo("META 131000; gave up after attempt 2, the most for this error");
    }

    @Test
    void the_providers_wish_is_kept_to_between_the_wait_and_its_double() {
        assertThat(waitAfter(new Unavailable("HTTP 429", Duration.ofSeconds(1)), 1))
                .isEqualTo(STEP);
        assertThat(waitAfter(new Unavailable("HTTP 429", Duration.ofSeconds(15)), 1))
                .isEqualTo(Duration.ofSeconds(15));
        assertThat(waitAfter(new Unavailable("HTTP 429", Duration.ofHours(1)), 1))
                .isEqualTo(STEP.multipliedBy(2));
    }

    @Test
    void a_provider_that_is_away_is_tried_beyond_the_schedule_until_the_alert_is_stale() {
        assertThat(waitAfter(new Unavailable("SMTP CONNECT", null), 50)).isEqualTo(LAST);
        Delivery old = delivery(50);
        Instant late = old.createdAt().plus(Duration.ofHours(24));
        Attempt attempt = new Attempt(old, new Unavailable("SMTP CONNECT", null), late);
        assertThat(((Settled) new RetryDecision(attempt, POLICY, 0).next()).reason())
                .isEqualTo("SMTP CONNECT; gave up after attempt 50, too old");
    }

    @Test
    void a_provider_that_wants_less_fails_nothing_before_the_alert_is_stale() {
        assertThat(waitAfter(new Slowed("META 130429", null), 50)).isEqualTo(LAST);
        assertThat(waitAfter(new Throttled("META 131056", null), 50)).isEqualTo(LAST);
        assertThat(waitAfter(new Throttled("META 131056", Duration.ofSeconds(15)), 1))
                .isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void a_stopped_channel_and_an_attempt_not_begun_use_nothing_up_however_old_the_delivery() {
        for (DeliveryOutcome outcome : List.of(new Stopped("META 190"), new NotBegun("BREAKER OPEN", STEP))) {
            Delivery old = delivery(99);
            Instant at = old.createdAt().plus(Duration.ofDays(9));
            String why = outcome instanceof Stopped ? "META 190" : "BREAKER OPEN";
            assertThat(new RetryDecision(new Attempt(old, outcome, at), POLICY, 0).next())
                    .isEqualTo(new Postponed(4711, 99, at.plus(STEP), false, false, why));
        }
    }

    @Test
    void what_may_have_arrived_is_sent_again_once_and_late_enough_for_a_receipt() {
        Instant due = delivery(1).createdAt().plus(Duration.ofMinutes(2));
        assertThat(next(new Unknown("HTTP NO ANSWER"), 1, 0)).isEqualTo(new Postponed(4711, 1, due, true, true, null));
        assertThat(failure(new Unknown("HTTP NO ANSWER"), 2, 1))
                .isEqualTo("HTTP NO ANSWER; may have arrived, not sent again");
    }

    @Test
    void who_is_suppressed_is_skipped_unless_a_copy_may_have_arrived_already() {
        assertThat(next(new Skipped("OPTED_OUT"), 1, 0))
                .isEqualTo(new Settled(4711, NotificationStatus.SKIPPED, "OPTED_OUT", null, null));
        assertThat(failure(new Skipped("ADDRESS_BOUNCED"), 2, 1))
                .isEqualTo("ADDRESS_BOUNCED; an earlier attempt may have arrived, not sent again");
    }

    @Test
    void the_jitter_stays_within_its_share() {
        RetryPolicy shaken = new RetryPolicy(List.of(STEP), 0.2, Duration.ofHours(1), 1, STEP);
        Delivery delivery = delivery(1);
        for (int i = 0; i < 100; i++) {
            Attempt attempt = new Attempt(delivery, new FailedForNow("x", null), delivery.createdAt());
            Postponed again = (Postponed) new RetryDecision(attempt, shaken, 0).next();
            assertThat(Duration.between(delivery.createdAt(), again.dueAt()))
                    .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        }
    }

    private static Duration waitAfter(DeliveryOutcome outcome, int attempt) {
        Postponed again = (Postponed) next(outcome, attempt, 0);
        assertThat(again.counts()).isTrue();
        return Duration.between(delivery(attempt).createdAt(), again.dueAt());
    }

    private static @Nullable String failure(DeliveryOutcome outcome, int attempt, int unknownBefore) {
        Settled end = (Settled) next(outcome, attempt, unknownBefore);
        assertThat(end.status()).isEqualTo(NotificationStatus.FAILED);
        return end.reason();
    }

    private static Next next(DeliveryOutcome outcome, int attempt, int unknownBefore) {
        Delivery delivery = delivery(attempt);
        return new RetryDecision(new Attempt(delivery, outcome, delivery.createdAt()), POLICY, unknownBefore).next();
    }

    private static Delivery delivery(int attempt) {
        Delivery first = ADelivery.aDelivery().delivery();
        return new Delivery(
                first.notificationId(),
                first.channel(),
                first.recipient(),
                first.event(),
                first.subject(),
                first.message(),
                first.createdAt(),
                attempt,
                first.leasedUntil());
    }
}
