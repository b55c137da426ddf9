package camelbell.channel;

import java.time.Duration;

/**
 * How fast a channel, or one person over it, is sent to, as routes/retries.yaml says.
 *
 * @param every time between two messages in the long run
 * @param burst messages that may go at once after a pause
 * @param always false: only once the provider has asked for less, and until it has been content for a while
 */
record RatePolicy(Duration every, int burst, boolean always) {}
