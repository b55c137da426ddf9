package camelbell.runtime.health;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether memory comes back. It is full while an OutOfMemoryError was seen a moment ago, or when little of the old generation is
 * free after a collection; full for {@code camelbell.health.memory-for}, it does not come back. One request that was too
 * large, and memory free again after it, is no reason to end.
 */
final class MemoryWatch {

    /** Heap and classes; direct buffers and native threads are budgets of their own, and come back. */
    private static final List<String> FATAL =
            List.of("Java heap space", "GC overhead limit exceeded", "Metaspace", "Compressed class space");

    private static final Duration A_MOMENT = Duration.ofSeconds(10);
    private static final int MOST_CAUSES = 20;

    private final HealthProperties health;
    private final DoubleSupplier inUseAfterCollection;
    private volatile long seen;
    private volatile boolean everSeen;
    private @Nullable Long fullSince;

    /** @param inUseAfterCollection per cent of the old generation */
    MemoryWatch(HealthProperties health, DoubleSupplier inUseAfterCollection) {
        this.health = health;
        this.inUseAfterCollection = inUseAfterCollection;
    }

    /** Looks for an OutOfMemoryError in a failure that somebody has caught. Makes nothing: there may be no memory. */
    void look(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof OutOfMemoryError && isFatal(cause.getMessage())) {
                seen = System.nanoTime();
                everSeen = true;
                return;
            }
            cause = cause.getCause();
        }
    }

    private static boolean isFatal(@Nullable String message) {
        for (int i = 0; message != null && i < FATAL.size(); i++) {
            if (message.startsWith(FATAL.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Why memory does not come back, or null. To be asked every so often. */
    @Nullable
    String problem() {
        long now = System.nanoTime();
        boolean error = everSeen && now - seen < A_MOMENT.toNanos();
        double inUse = inUseAfterCollection.getAsDouble();
        Long since = fullSince;
        if (!error && inUse < health.memoryFull()) {
            fullSince = null;
            return null;
        }
        if (since == null) {
            fullSince = now;
            return null;
        }
        return now - since < health.memoryFor().toNanos()
                ? null
                : "memory does not come back: " + Math.round(inUse)
                        + " % of the old generation in use after a collection"
                        + (error ? ", and OutOfMemoryErrors" : "") + " for "
                        + Duration.ofNanos(now - since).toSeconds() + " s; give it more (-Xmx) if it comes again";
    }

    boolean isFull() {
        return fullSince != null;
    }
}
