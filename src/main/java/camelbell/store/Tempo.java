package camelbell.store;

import camelbell.model.ChannelLimit;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many deliveries of a channel may be held so that all of them are begun while their leases are good: what the channel
 * has lately got done in half of the time for which a lease is good enough to begin. Of a channel that nothing is known of,
 * what it can have under way at once, and as much again. Not thread-safe.
 */
final class Tempo {

    private static final double SECOND = 1e9;

    /** Seconds: outcomes are written in batches, so that a shorter time says nothing of how fast they were made. */
    private static final double SHORTEST = 0.005;

    private final int few;
    private final double horizon;
    private final long forgottenAfter;
    private final LongSupplier nanos;

    /** A second; 0: not known. */
    private double rate;

    private int done;
    private double busy;
    private long at;
    private boolean working;

    /**
     * Of one channel.
     *
     * @param lease of each delivery
     * @param nanos monotonic time
     */
    Tempo(ChannelLimit limit, Duration lease, LongSupplier nanos) {
        this.few = 2 * limit.concurrency();
        this.horizon = lease.minus(limit.attemptTimeout()).toNanos() / SECOND / 2;
        this.forgottenAfter = lease.toNanos();
        this.nanos = nanos;
        this.at = nanos.getAsLong();
    }

    int mayHold() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(few, rate * horizon));
    }

    /** So many are held from now on; only the time in which some are counts. */
    void holds(int held) {
        tick();
        working = held > 0;
    }

    /** So many attempts have been made, whatever has come of them. */
    void made(int attempts) {
        tick();
        done += attempts;
        if ((done >= few && busy >= SHORTEST) || (done > 0 && busy >= 1)) {
            double latest = done / busy;
            rate = Math.max(latest, (rate + latest) / 2); // it grows at once, and falls in steps
            done = 0;
            busy = 0;
        }
    }

    private void tick() {
        long now = nanos.getAsLong();
        if (working) {
            busy += (now - at) / SECOND;
        } else if (now - at > forgottenAfter) {
            rate = 0;
        }
        at = now;
    }
}
