package camelbell.model;

import java.time.Duration;

/**
 * How much of one channel a node does at once, as the channel's route file says.
 *
 * @param concurrency attempts under way at once
 * @param inMemory deliveries that may wait in memory behind them
 * @param attemptTimeout longest time for one attempt
 */
public record ChannelLimit(int concurrency, int inMemory, Duration attemptTimeout) {

    /** Errors: less than one attempt, place or millisecond. */
    public ChannelLimit {
        if (concurrency < 1 || inMemory < 1 || attemptTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency + ", in-memory " + inMemory
                    + ", attempt-timeout " + attemptTimeout + ": each must be positive");
        }
    }
}
