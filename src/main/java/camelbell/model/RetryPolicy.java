package camelbell.model;

import java.time.Duration;
import java.util.List;

/**
 * When a channel's failed delivery is tried again, as routes/retries.yaml says.
 *
 * @param waits before the second, third, ... attempt; at least one
 * @param jitter the share by which a wait is longer or shorter at random: 0.2 is a fifth
 * @param maxAge of a notification: past it a failed attempt is not repeated, since a stale alert is noise
 * @param resends how often a delivery is sent again after attempts that may have arrived
 * @param resendAfter the wait before such a resend, in which a receipt may settle the matter
 */
public record RetryPolicy(List<Duration> waits, double jitter, Duration maxAge, int resends, Duration resendAfter) {

    public RetryPolicy {
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("a retry schedule has at least one wait");
        }
        waits = List.copyOf(waits);
    }

    /** True when the schedule has a wait after this attempt. */
    public boolean hasWaitAfter(int attempt) {
        return attempt <= waits.size();
    }

    /** The provider's wish, kept to between this attempt's wait and its double. */
    public Duration kept(Duration wish, int attempt) {
        Duration step = waitAfter(attempt);
        Duration most = step.multipliedBy(2);
        return wish.compareTo(most) > 0 ? most : wish.compareTo(step) > 0 ? wish : step;
    }

    /** The wait after this attempt; past the schedule's end the last one stands. */
    public Duration waitAfter(int attempt) {
        return waits.get(Math.min(Math.max(attempt, 1), waits.size()) - 1);
    }
}
