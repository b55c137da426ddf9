package camelbell.runtime.websocket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether one client reads as fast as it is sent to. At the limit nothing more is sent (the rows wait in the database,
 * not in memory) until half of it has drained; how long a client takes for that is what it is judged by.
 */
final class Backpressure {

    private final long limit;
    private volatile @Nullable Long fullSince;

    Backpressure(long limitBytes) {
        this.limit = limitBytes;
    }

    /** Whether another frame may be sent, with so many bytes queued at this moment ({@link System#nanoTime}). */
    boolean hasCapacity(long backlog, long now) {
        if (fullSince == null && backlog < limit) {
            return true;
        }
        synchronized (this) {
            if (backlog >= limit && fullSince == null) {
                fullSince = now;
            } else if (backlog <= limit / 2) {
                fullSince = null;
            }
            return fullSince == null;
        }
    }

    /** How long there has been no room, without a pause; zero when there is some. */
    Duration behind(long now) {
        Long since = fullSince;
        return since == null ? Duration.ZERO : Duration.ofNanos(now - since);
    }
}
