package camelbell.channel;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of a channel, which gives work to no more of its consumer threads than the provider needs: the others
 * find it empty. Who has a turn keeps it from one message to the next, so that a quick channel stays on a few threads.
 */
final class TurnQueue extends LinkedBlockingQueue<Exchange> {

    private static final long serialVersionUID = 1;

    private final transient InFlight inFlight = new InFlight();

    /** Guarded by itself; a thread that has ended gives its turn back whenever others look for one. */
    private final transient Set<Thread> turns = new HashSet<>();

    private volatile int limit = InFlight.ALL;

    TurnQueue(int capacity) {
        super(capacity);
    }

    /** An attempt of a message from this queue took so many nanoseconds. */
    void took(long nanos) {
        int now = inFlight.learn(nanos);
        if (now != limit) {
            synchronized (turns) {
                limit = now;
                turns.notifyAll();
            }
        }
    }

    /** How many threads may have work at once. */
    int limit() {
        return limit;
    }

    @Override
    public @Nullable Exchange poll(long timeout, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        if (!hasTurn(end)) {
            return null;
        }
        @Nullable Exchange next = null;
        try {
            next = super.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return next;
        } finally {
            if (next == null) {
                giveTurn();
            }
        }
    }

    private boolean hasTurn(long end) throws InterruptedException {
        if (limit == InFlight.ALL) {
            return true;
        }
        Thread me = Thread.currentThread();
        synchronized (turns) {
            if (turns.contains(me) && turns.size() <= limit) {
                return true;
            }
            turns.remove(me); // there are too many
            while (turns.size() >= limit) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    turns.removeIf(thread -> !thread.isAlive());
                    return false;
                }
                turns.wait(left);
            }
            return turns.add(me);
        }
    }

    private void giveTurn() {
        if (limit != InFlight.ALL) {
            synchronized (turns) {
                if (turns.remove(Thread.currentThread())) {
                    turns.notify(); // one turn, one thread; who runs out of time meanwhile looks once more
                }
            }
        }
    }
}
