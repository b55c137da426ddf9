package camelbell.channel;

import java.time.Duration;

/**
 * When a channel's breaker opens and closes, as routes/retries.yaml says.
 *
 * @param window how many of the newest attempts count
 * @param atLeast so many attempts before a rate is believed
 * @param failureRate per cent of them that were unavailable or unknown, and it opens
 * @param openFor after a rate
 * @param stoppedFor after an error of the class stop-channel
 * @param probes attempts that decide whether it closes again
 */
record BreakerPolicy(int window, int atLeast, int failureRate, Duration openFor, Duration stoppedFor, int probes) {}
