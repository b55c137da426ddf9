package camelbell.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast each person is sent to over one channel, on this node. Whom the provider wants spared is left alone for the
 * while it takes, then sent to at the configured rate, while everybody else goes on. Who has to wait is told when to
 * come back, each a step after the one before, so that a long line does not come back all at once.
 */
final class RecipientPace {

    private static final int REMEMBERED = 100_000;
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    private final @Nullable RatePolicy policy;
    private final TimeMeter time;
    private final Cache<Long, Line> lines;

    /** Without a policy nobody is paced, and whom the provider wants spared is only left alone for a while. */
    RecipientPace(@Nullable RatePolicy policy, TimeMeter time) {
        this.policy = policy;
        this.time = time;
        this.lines = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(idle(policy))
                .build();
    }

    /** Zero when one message may go to this person now, otherwise how long it has to wait. */
    Duration waitFor(long person) {
        Line line = policy != null && policy.always()
                ? lines.get(person, first -> new Line(policy.burst()))
                : lines.getIfPresent(person);
        return line == null ? Duration.ZERO : line.enter();
    }

    /** The provider wants this person spared for so long. */
    void hold(long person, Duration wait) {
        lines.get(person, first -> new Line(1)).hold(wait.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : wait);
    }

    /** Long enough for a line to be full again. */
    private static Duration idle(@Nullable RatePolicy policy) {
        Duration full = policy == null ? Duration.ZERO : policy.every().multipliedBy(policy.burst() + 1L);
        return full.compareTo(LONGEST_HOLD) > 0 ? full : LONGEST_HOLD;
    }

    private final class Line {
        private final @Nullable Bucket bucket;
        private long heldUntil = time.currentTimeNanos();
        private long nextFree = heldUntil;

        Line(int tokens) {
            bucket = policy == null
                    ? null
                    : Bucket.builder()
                            .withCustomTimePrecision(time)
                            .addLimit(limit -> limit.capacity(policy.burst())
                                    .refillGreedy(1, policy.every())
                                    .initialTokens(tokens))
                            .build();
        }

        synchronized Duration enter() {
            long now = time.currentTimeNanos();
            long soonest = heldUntil;
            if (now >= heldUntil) {
                soonest = bucket == null
                        ? now
                        : now + bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
            }
            if (soonest <= now) {
                return Duration.ZERO;
            }
            long slot = Math.max(soonest, nextFree);
            nextFree = slot + (policy == null ? 0 : policy.every().toNanos());
            return Duration.ofNanos(slot - now);
        }

        synchronized void hold(Duration wait) {
            long until = time.currentTimeNanos() + wait.toNanos();
            heldUntil = Math.max(heldUntil, until);
            // the message that was refused comes back first
            nextFree = Math.max(
                    nextFree, heldUntil + (policy == null ? 0 : policy.every().toNanos()));
            if (bucket != null) {
                bucket.tryConsumeAsMuchAsPossible();
            }
        }
    }
}
