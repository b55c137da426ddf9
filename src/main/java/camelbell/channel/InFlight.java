package camelbell.channel;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many attempts of a channel need be under way at once, by Little's law: as many as are begun while one lasts. Of a
 * provider that answers at once two or three, since more would only take turns on the processor; of one that takes 200 ms
 * all that there may be. What an attempt lasts is read off the quickest tenth, because the others may have waited for each
 * other; but when even the mean is longer than that could explain, the provider is slow, and all may go.
 */
final class InFlight {

    static final int ALL = Integer.MAX_VALUE;

    /** More of one channel a node does not do; more threads than that needs do nothing. */
    private static final double FASTEST = 2_000;

    private static final double SECOND = 1e9;
    static final long SLOW = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int FEWEST = 2;
    private static final int SAMPLES = 40;
    private static final int TENTH = SAMPLES / 10;

    private final long[] took = new long[SAMPLES];
    private int known;
    private long sum;
    private int limit = ALL;

    /** One attempt took so many nanoseconds; answers how many may be under way from now on. */
    synchronized int learn(long nanos) {
        took[known++] = nanos;
        sum += nanos;
        if (sum >= SAMPLES * SLOW) {
            limit = ALL; // whatever the others will take; a single very slow one shows it
            forget();
        } else if (known == SAMPLES) {
            int wanted = wanted();
            // at once when more are needed, step by step when fewer are
            limit = limit == ALL ? wanted : Math.max(wanted, limit - 1);
            forget();
        }
        return limit;
    }

    private void forget() {
        known = 0;
        sum = 0;
    }

    private int wanted() {
        Arrays.sort(took);
        return Math.max(FEWEST, 1 + (int) Math.ceil(took[TENTH] / SECOND * FASTEST));
    }
}
