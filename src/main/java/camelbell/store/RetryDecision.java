package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Sent;
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
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows one attempt.
 *
 * @param unknownBefore how many earlier attempts may have arrived
 */
record RetryDecision(Attempt attempt, RetryPolicy policy, int unknownBefore) {

    Next next() {
        DeliveryOutcome outcome = attempt.outcome();
        // an exhaustive switch over the sealed outcomes, once the language level allows patterns there (Java 21)
        if (outcome instanceof Sent sent) {
            return new Settled(id(), NotificationStatus.SENT, null, sent.providerId(), attempt.at());
        } else if (outcome instanceof FailedForGood failed) {
            return failed(failed.reason());
        } else if (outcome instanceof Skipped skipped) {
            return skipped(skipped);
        } else if (outcome instanceof NotBegun held) {
            return postponed(held.pause()).uncounted(held.reason());
        } else if (outcome instanceof Stopped stopped) {
            return postponed(jittered(policy.waitAfter(1))).uncounted(stopped.reason());
        } else if (outcome instanceof Unknown unknown) {
            return mayHaveArrived(unknown);
        } else if (outcome instanceof Unavailable away) {
            return again(away.reason(), away.notBefore(), true);
        } else if (outcome instanceof Slowed slowed) {
            return again(slowed.reason(), slowed.notBefore(), true);
        } else if (outcome instanceof Throttled throttled) {
            return again(throttled.reason(), throttled.notBefore(), true);
        } else if (outcome instanceof FailedForNow failed) {
            return forNow(failed);
        }
        throw new IllegalStateException("no decision on " + outcome);
    }

    private Next forNow(FailedForNow failed) {
        int attempt = delivery().attempt();
        return attempt >= failed.most()
                ? failed(failed.reason() + "; gave up after attempt " + attempt + ", the most for this error")
                : again(failed.reason(), failed.notBefore(), policy.hasWaitAfter(attempt));
    }

    private Next again(String reason, @Nullable Duration notBefore, boolean triesLeft) {
        Duration wait = waitAfter(notBefore);
        if (!triesLeft) {
            return failed(reason + "; gave up after attempt " + delivery().attempt());
        }
        if (tooOldIn(wait)) {
            return failed(reason + "; gave up after attempt " + delivery().attempt() + ", too old");
        }
        return postponed(wait);
    }

    /** Who was perhaps sent a copy already is not one to whom nothing was ever sent. */
    private Next skipped(Skipped skipped) {
        return unknownBefore > 0
                ? failed(skipped.reason() + "; an earlier attempt may have arrived, not sent again")
                : new Settled(id(), NotificationStatus.SKIPPED, skipped.reason(), null, null);
    }

    private Next mayHaveArrived(Unknown unknown) {
        if (unknownBefore >= policy.resends()) {
            return failed(unknown.reason() + "; may have arrived, not sent again");
        }
        return postponed(policy.resendAfter()).mayHaveArrived();
    }

    /** The schedule's wait, give or take the jitter; the provider's wish within the wait and its double. */
    private Duration waitAfter(@Nullable Duration wish) {
        int attempt = delivery().attempt();
        return wish == null ? jittered(policy.waitAfter(attempt)) : policy.kept(wish, attempt);
    }

    private Duration jittered(Duration wait) {
        double share = policy.jitter() == 0
                ? 1
                : ThreadLocalRandom.current().nextDouble(1 - policy.jitter(), 1 + policy.jitter());
        return Duration.ofMillis((long) (wait.toMillis() * share));
    }

    private boolean tooOldIn(Duration wait) {
        Instant then = attempt.at().plus(wait);
        return Duration.between(delivery().createdAt(), then).compareTo(policy.maxAge()) > 0;
    }

    private Postponed postponed(Duration wait) {
        return Postponed.of(delivery(), attempt.at().plus(wait));
    }

    private Settled failed(String reason) {
        return new Settled(id(), NotificationStatus.FAILED, reason, null, null);
    }

    private Delivery delivery() {
        return attempt.delivery();
    }

    private long id() {
        return delivery().notificationId();
    }
}
