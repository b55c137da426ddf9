package camelbell.channel;

import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import camelbell.model.Delivery;
import camelbell.model.StartRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * Knows how long each channel's attempts may last, and keeps a node from sending what may no longer be its own by the time
 * the provider answers.
 */
@Component("leaseGuard")
class LeaseGuard implements ChannelLimits {

    private final Clock clock;
    private final Duration lease;
    private final Map<String, ChannelLimit> limits = new ConcurrentHashMap<>();

    /** What is written in route files, of which there are few; each attempt asks. */
    private final Map<String, Duration> read = new ConcurrentHashMap<>();

    LeaseGuard(ObjectProvider<Clock> clock, @Value("${camelbell.delivery.lease}") Duration lease) {
        this.clock = clock.getIfAvailable(Clock::systemUTC);
        this.lease = lease;
    }

    /** An attempt that may outlast every lease would give everything back, so it stops the start. */
    @Override
    public void mustSuffice(String channel, ChannelLimit limit) {
        if (limit.attemptTimeout().compareTo(lease) >= 0) {
            throw new StartRefused("The attempt-timeout of channel " + channel + " is " + limit.attemptTimeout()
                    + " and camelbell.delivery.lease " + lease
                    + "; the lease must be longer, or no delivery is ever begun.");
        }
    }

    @Override
    public void set(String channel, ChannelLimit limit) {
        limits.put(channel, limit);
    }

    @Override
    public @Nullable ChannelLimit of(String channel) {
        return limits.get(channel);
    }

    /**
     * True when what is left of the lease does not cover the channel's longest attempt.
     *
     * @param longestAttempt as configured, such as {@code 30s}
     */
    public boolean isTooShort(Delivery delivery, String longestAttempt) {
        return clock.instant()
                .plus(read.computeIfAbsent(longestAttempt, DurationStyle::detectAndParse))
                .isAfter(delivery.leasedUntil());
    }
}
