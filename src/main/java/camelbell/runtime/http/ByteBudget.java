package camelbell.runtime.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may be in memory at once: in all, and for the sake of one caller. Whoever takes some gives them back. */
final class ByteBudget {

    /** What became of an attempt to take some. */
    enum Grant {
        GRANTED,
        /** This caller has all that one may have. */
        CALLER_FULL,
        /** All callers together have all that there is. */
        FULL
    }

    private final long total;
    private final long share;
    private final AtomicLong used = new AtomicLong();
    private final Map<String, Long> callers = new ConcurrentHashMap<>();

    ByteBudget(long total, long share) {
        this.total = total;
        this.share = share;
    }

    /** All or nothing. */
    Grant take(String caller, long bytes) {
        if (callers.merge(caller, bytes, Long::sum) > share) {
            giveShare(caller, bytes);
            return Grant.CALLER_FULL;
        }
        if (used.addAndGet(bytes) > total) {
            give(caller, bytes);
            return Grant.FULL;
        }
        return Grant.GRANTED;
    }

    void give(String caller, long bytes) {
        used.addAndGet(-bytes);
        giveShare(caller, bytes);
    }

    long used() {
        return used.get();
    }

    private void giveShare(String caller, long bytes) {
        callers.computeIfPresent(caller, (name, held) -> held <= bytes ? null : Long.valueOf(held - bytes));
    }
}
