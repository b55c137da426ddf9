package camelbell.model;

import java.util.function.LongSupplier;

/**
 * When a table is looked at that a clock asks about all the time: at every tick while this node knows of work, or has seen
 * some a moment ago; once a second while it does not, for what other nodes, operators or an earlier run leave there. A hub in
 * which nothing happens costs its database and itself next to nothing.
 */
public final class QuietLook {

    /** Between two looks while nothing is known to wait, in nanoseconds: the longest that others' work waits to be seen. */
    static final long QUIET = 1_000_000_000L;

    /** How long every tick looks after work was seen: what was told of inside a transaction shows when that has ended. */
    static final long BUSY = 5_000_000_000L;

    private final LongSupplier clock;
    private volatile long seen;
    private volatile long looked;

    /** Begins busy: an earlier run may have left work. */
    public QuietLook() {
        this(System::nanoTime);
    }

    /** The same by another clock, in nanoseconds. */
    QuietLook(LongSupplier clock) {
        this.clock = clock;
        this.seen = clock.getAsLong();
        this.looked = seen - QUIET;
    }

    /** There is work, or there soon will be. */
    public void busy() {
        seen = clock.getAsLong();
    }

    /** Whether this tick is to look. */
    public boolean isDue() {
        long now = clock.getAsLong();
        if (now - seen >= BUSY && now - looked < QUIET) {
            return false;
        }
        looked = now;
        return true;
    }
}
