package camelbell.runtime.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counted places of one kind, so many for each holder. One line in the log when the first holder is refused, one when there is room
 * again for all of them; strangers can have them written as often as they like, which {@code RepetitionFilter} counts.
 */
final class Places {

    private static final Logger log = LoggerFactory.getLogger(Places.class);

    private final String kind;
    private final int limit;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> full = new HashSet<>();
    private long refused;

    Places(String kind, int limit) {
        this.kind = kind;
        this.limit = limit;
    }

    String kind() {
        return kind;
    }

    synchronized boolean take(String holder) {
        if (taken.merge(holder, 1, Integer::sum) <= limit) {
            return true;
        }
        release(holder);
        refused++;
        boolean first = full.isEmpty();
        if (full.add(holder) && first) {
            log.warn("connections refused kind=" + kind + " limit={}: camelbell.http." + kind, limit);
        }
        return false;
    }

    synchronized void give(String holder) {
        int left = release(holder);
        boolean roomy = left <= limit - Math.max(1, limit / 10);
        if (roomy && full.remove(holder) && full.isEmpty()) {
            log.info("connections accepted again kind=" + kind + " refused={}", refused);
            refused = 0;
        }
    }

    private int release(String holder) {
        Integer left = taken.computeIfPresent(holder, (name, held) -> held == 1 ? null : Integer.valueOf(held - 1));
        return left == null ? 0 : left;
    }

    synchronized int taken(String holder) {
        return taken.getOrDefault(holder, 0);
    }
}
