package camelbell.model;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** For one that waits until something comes, and for many that say so. What comes before the wait is kept for it. */
public final class Wakeup {

    private final Semaphore come = new Semaphore(0);
    private volatile boolean ended;

    /** Something has come. */
    public void call() {
        come.release();
    }

    /** What came before this counts no more: to be called before it is looked whether there is a reason to wait. */
    public void forget() {
        come.drainPermits();
    }

    /**
     * Returns when something comes, after so many nanoseconds at the latest, and at once when the hub stops. Answers whether
     * something came.
     */
    public boolean await(long nanos) throws InterruptedException {
        return !ended && come.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS) && !ended;
    }

    /** Whether the hub stops. */
    public boolean hasEnded() {
        return ended;
    }

    /** Nobody waits from now on. */
    public void end() {
        ended = true;
        call();
    }
}
