package camelbell.bench.push;

import java.util.Arrays;
import java.util.Locale;

/** Times in nanoseconds, told in milliseconds. */
final class Figures {

    private long[] all = new long[1024];
    private int count;

    void add(long nanos) {
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        all[count++] = nanos;
    }

    int count() {
        return count;
    }

    /** The time that so many of a hundred stay within; 0 of none. */
    double percentile(double percent) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) Math.ceil(percent / 100 * count) - 1)] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f p90 %.1f p99 %.1f max %.1f ms of %d",
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(100),
                count);
    }
}
