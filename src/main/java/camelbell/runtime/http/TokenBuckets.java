package camelbell.runtime.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/** A token bucket for each caller, as many as fit; one that has been idle long enough to be full again is dropped. */
final class TokenBuckets<K> {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final boolean limited;
    private final BucketConfiguration limit;
    private final Cache<K, Bucket> buckets;

    /** With a rate of 0 nothing is limited. */
    TokenBuckets(int perSecond, int burst, int remembered) {
        this.limited = perSecond > 0;
        int rate = Math.max(1, perSecond);
        int capacity = Math.max(rate, burst);
        this.limit = BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(capacity).refillGreedy(rate, SECOND))
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(remembered)
                .expireAfterAccess(SECOND.multipliedBy(1 + capacity / rate))
                .build();
    }

    /** Takes one. 0 when this caller may go on, otherwise the whole seconds until it may. */
    long secondsToWait(K caller) {
        return limited ? seconds(bucket(caller).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill()) : 0;
    }

    /** The same, but takes nothing. */
    long secondsUntilCapacity(K caller) {
        Bucket bucket = buckets.getIfPresent(caller);
        return bucket == null ? 0 : seconds(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    private Bucket bucket(K caller) {
        return buckets.get(
                caller,
                first -> Bucket.builder().addLimit(limit.getBandwidths()[0]).build());
    }

    private static long seconds(long nanos) {
        return (nanos + SECOND.toNanos() - 1) / SECOND.toNanos();
    }
}
