package camelbell.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a loop that has failed waits before it tries again. The same for all: what has failed is the database or the
 * broker far more often than what was read from them.
 *
 * @param first wait after the first failure; each further one doubles it
 * @param longest wait, however often it has failed: about how much later than its cause an outage ends
 */
@ConfigurationProperties("camelbell.backoff")
public record BackoffProperties(@DefaultValue("250ms") Duration first, @DefaultValue("3s") Duration longest) {

    private static final int MOST_DOUBLINGS = 20;
    private static final double JITTER = 0.25;

    /**
     * The wait after so many failures in a row, a quarter shorter or longer at random, so that nodes which failed
     * together do not come back together.
     */
    public Duration after(int failures) {
        if (failures <= 0) {
            return Duration.ZERO;
        }
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        double share = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        return Duration.ofMillis((long) (Math.min(doubled, longest.toMillis()) * share));
    }
}
