package camelbell.channel;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast one channel hands work over on this node. A provider that asks for less is left alone for a moment, then
 * gets the configured rate, and half of it with each further request; the rate doubles again each quiet minute.
 */
final class ChannelPace {

    static final Duration PAUSE = Duration.ofSeconds(1);
    static final Duration QUIET = Duration.ofMinutes(1);

    private final @Nullable RatePolicy policy;
    private final TimeMeter time;
    private final Bucket bucket;

    /** How often the rate has been halved; -1: the provider is content. */
    private int halvings = -1;

    private long changedAt;
    private long pausedUntil;

    /** Without a policy there is no rate, only the pauses. */
    ChannelPace(@Nullable RatePolicy policy, TimeMeter time) {
        this.policy = policy;
        this.time = time;
        this.pausedUntil = time.currentTimeNanos();
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> policy == null
                        ? limit.capacity(1).refillGreedy(1, PAUSE)
                        : limit.capacity(policy.burst()).refillGreedy(1, policy.every()))
                .build();
    }

    /** How many of {@code most} may go now; they are taken off the rate. */
    synchronized int take(int most) {
        if (!pause().isZero()) {
            return 0;
        }
        recover();
        return most > 0 && limited() ? (int) bucket.tryConsumeAsMuchAsPossible(most) : most;
    }

    /** What was taken and not used. */
    synchronized void giveBack(int unused) {
        if (unused > 0 && limited()) {
            bucket.addTokens(unused);
        }
    }

    /** What is left of the moment in which the provider is left alone; zero: nothing. */
    synchronized Duration pause() {
        return Duration.ofNanos(Math.max(0, pausedUntil - time.currentTimeNanos()));
    }

    /**
     * The provider wants less of everything. Answers whether that is news: answers to what was under way are none.
     *
     * @param wish how long it wants to be left alone, or null
     */
    synchronized boolean slow(@Nullable Duration wish) {
        long now = time.currentTimeNanos();
        boolean news = pause().isZero();
        pausedUntil = Math.max(pausedUntil, now + (wish == null ? PAUSE : wish).toNanos());
        if (policy != null && (halvings < 0 || now - changedAt >= PAUSE.toNanos())) {
            change(halvings + 1, policy, now);
        }
        return news;
    }

    private boolean limited() {
        return policy != null && (policy.always() || halvings >= 0);
    }

    private void recover() {
        long now = time.currentTimeNanos();
        if (policy != null && halvings >= 0 && now - changedAt >= QUIET.toNanos()) {
            change(halvings - 1, policy, now);
        }
    }

    private void change(int times, RatePolicy full, long now) {
        boolean slower = times > halvings;
        halvings = Math.min(times, 10);
        changedAt = now;
        Duration every = full.every().multipliedBy(1L << Math.max(0, halvings));
        bucket.replaceConfiguration(
                BucketConfiguration.builder()
                        .addLimit(limit -> limit.capacity(full.burst()).refillGreedy(1, every))
                        .build(),
                io.github.bucket4j.TokensInheritanceStrategy.AS_IS);
        if (slower) {
            bucket.tryConsumeAsMuchAsPossible();
        }
    }
}
