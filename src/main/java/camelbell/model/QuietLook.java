package camelbell.model;

import java.util.function.LongSupplier;

/**
 * When a table is looked at that work may lie in: at every tick of a clock while this node knows of some, or has seen
 * some a moment ago. While it does not, its thread waits for some to come, a second at most, for what other nodes, operators
 * or an earlier run leave there. A hub in which nothing happens costs its database and itself next to nothing.
 */
public final class QuietLook {

    /** Between two looks while nothing is known to wait, in nanoseconds: the longest that others' work waits to be seen. */
    static final long QUIET = 1_000_000_000L;

    /** How long every tick looks after work was seen: what was told of inside a transaction shows when that has ended. */
    static final long BUSY = 5_000_000_000L;

    private final LongSupplier clock;
    private final Wakeup come;
    private volatile long seen;
    private volatile long looked;

    /** Begins busy: an earlier run may have left work. */
    public QuietLook() {
        this(System::nanoTime, new Wakeup());
    }

    /** The same by another clock, in nanoseconds. */
    QuietLook(LongSupplier clock, Wakeup come) {
        this.come = come;
        this.clock = clock;
        this.seen = clock.getAsLong();
        this.looked = seen - QUIET;
    }

    /** There is work, or there soon will be. */
    public void busy() {
        seen = clock.getAsLong();
        come.call();
    }

    /** Returns when this tick is to look; false when the hub stops and it need not. */
    public boolean await() throws InterruptedException {
        come.forget();
        come.await(left());
        looked = clock.getAsLong();
        return !come.hasEnded();
    }

    /** Nanoseconds until there is a look though nothing comes. */
    long left() {
        long now = clock.getAsLong();
        return now - seen < BUSY ? 0 : Math.max(0, QUIET - (now - looked));
    }

    /** No tick waits from now on. */
    public void end() {
        come.end();
    }
}
