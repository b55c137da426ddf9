package camelbell.socket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether one client reads as fast as it is sent to. At the limit nothing more is sent (the rows wait in the database,
 * not in memory) until half of it has drained; a client that does not manage that in time is to be closed. Used by one
 * thread at a time.
 */
final class Backpressure {

    private final long limit;
    private final long grace;
    private @Nullable Long fullSince;

    Backpressure(long limitBytes, Duration grace) {
        this.limit = limitBytes;
        this.grace = grace.toNanos();
    }

    /** Whether another frame may be sent, with so many bytes queued at this moment ({@link System#nanoTime}). */
    boolean hasRoom(long backlog, long now) {
        if (backlog >= limit && fullSince == null) {
            fullSince = now;
        } else if (backlog <= limit / 2) {
            fullSince = null;
        }
        return fullSince == null;
    }

    boolean tooSlow(long now) {
        return fullSince != null && now - fullSince > grace;
    }
}
