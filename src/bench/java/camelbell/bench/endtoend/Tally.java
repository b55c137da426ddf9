package camelbell.bench.endtoend;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What one double has been sent: how much, how much of it once, and how long it was under way. */
final class Tally {

    private final Set<String> names = new HashSet<>();
    private long all;
    private long bytes;
    private int[] delays = new int[1024];
    private int count;

    /**
     * One message.
     *
     * @param name the same for every copy of it
     * @param text where it says when its event was posted; one that does not say it counts without
     * @param size of all of it, bytes
     */
    synchronized void add(String name, String text, long size) {
        all++;
        bytes += size;
        names.add(name);
        int at = text.indexOf(Load.POSTED) + Load.POSTED.length();
        if (at >= Load.POSTED.length() && at + 13 <= text.length()) {
            if (count == delays.length) {
                delays = Arrays.copyOf(delays, 2 * count);
            }
            delays[count++] = (int) (System.currentTimeMillis() - Long.parseLong(text.substring(at, at + 13)));
        }
    }

    /** Six numbers: messages, different ones, of those since the last such question p50, p99 and the longest in ms; bytes of all. */
    synchronized String line() {
        int[] sorted = Arrays.copyOf(delays, count);
        Arrays.sort(sorted);
        count = 0;
        return all + " " + names.size() + " " + at(sorted, 0.5) + " " + at(sorted, 0.99) + " " + at(sorted, 1) + " "
                + bytes;
    }

    synchronized long all() {
        return all;
    }

    private static int at(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }
}
