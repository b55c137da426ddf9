package camelbell.dev;

import io.github.bucket4j.Bucket;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How much Meta takes: from the sending number in a second, and to one recipient. What goes beyond is refused and not
 * remembered for later. The double has no limits until it is told so.
 */
final class RateLimits {

    private final @Nullable Bucket sender;
    private final long pairEveryMs;
    private final int pairBurst;
    private final Map<String, Bucket> pairs = new ConcurrentHashMap<>();

    private RateLimits(int perSecond, long pairEveryMs, int pairBurst) {
        if (perSecond < 0 || pairEveryMs < 0 || pairBurst < 1) {
            throw new IllegalArgumentException("per_second and pair_every_ms are at least 0, pair_burst at least 1");
        }
        this.sender =
                perSecond == 0 ? null : bucket(perSecond, Duration.ofSeconds(1).dividedBy(perSecond));
        this.pairEveryMs = pairEveryMs;
        this.pairBurst = pairBurst;
    }

    static RateLimits none() {
        return new RateLimits(0, 0, 1);
    }

    /** Source: the body of {@code POST /limits}; what it leaves out has no limit. */
    static RateLimits from(JsonObject json) {
        return new RateLimits(
                json.getInteger("per_second", 0), json.getLong("pair_every_ms", 0L), json.getInteger("pair_burst", 1));
    }

    /** The refusal of one more message to this number, or empty when it may go. */
    Optional<MetaError> refusal(String to) {
        if (pairEveryMs > 0
                && !pairs.computeIfAbsent(to, number -> bucket(pairBurst, Duration.ofMillis(pairEveryMs)))
                        .tryConsume(1)) {
            return Optional.of(MetaError.of(131056));
        }
        return sender == null || sender.tryConsume(1) ? Optional.empty() : Optional.of(MetaError.of(130429));
    }

    private static Bucket bucket(int burst, Duration every) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(1, every))
                .build();
    }
}
