package camelbell.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counted places of one kind, so many for each holder. One line in the log when they run out, one when they are free again. */
final class Places {

    private static final Logger log = LoggerFactory.getLogger(Places.class);

    private final String kind;
    private final int limit;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();
    private volatile String lastRefused = "";

    Places(String kind, int limit) {
        this.kind = kind;
        this.limit = limit;
    }

    String kind() {
        return kind;
    }

    boolean take(String holder) {
        if (taken.merge(holder, 1, Integer::sum) <= limit) {
            return true;
        }
        give(holder);
        refused.incrementAndGet();
        lastRefused = holder;
        if (refusing.compareAndSet(false, true)) {
            log.warn("connections refused kind={} limit={}: camelbell.http.{}", kind, limit, kind);
        }
        return false;
    }

    void give(String holder) {
        Integer left = taken.computeIfPresent(holder, (name, held) -> held == 1 ? null : Integer.valueOf(held - 1));
        boolean roomy = left == null || left <= limit - Math.max(1, limit / 10);
        if (roomy && refusing.get() && holder.equals(lastRefused) && refusing.compareAndSet(true, false)) {
            log.info("connections accepted again kind={} refused={}", kind, refused.getAndSet(0));
        }
    }

    int taken(String holder) {
        return taken.getOrDefault(holder, 0);
    }
}
