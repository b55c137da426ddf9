package camelbell.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of a channel, which gives work to no more of its consumer threads than the provider needs: the others
 * find it empty. Who has a turn keeps it from one message to the next, so that a quick channel stays on a few threads. Who is
 * held up by one message, such as by a mail server that answers others at once, has it no more: the rest goes on without.
 */
final class TurnQueue extends LinkedBlockingQueue<Exchange> {

    private static final long serialVersionUID = 1;

    /** Nothing that a quick provider does lasts so long; others look again within the time-out of their poll. */
    static final long HELD_UP = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Long WAITS = Long.MAX_VALUE;

    private final transient InFlight inFlight = new InFlight();

    /**
     * Since when each is at work, or that it waits for some. Guarded by itself; a thread that has ended gives its turn back
     * whenever others look for one.
     */
    private final transient Map<Thread, Long> turns = new HashMap<>();

    private final transient LongSupplier nanos;
    private volatile int limit = InFlight.ALL;

    TurnQueue(int capacity) {
        this(capacity, System::nanoTime);
    }

    TurnQueue(int capacity, LongSupplier nanos) {
        super(capacity);
        this.nanos = nanos;
    }

    /** An attempt of a message from this queue took so many nanoseconds. */
    void took(long nanos) {
        int now = inFlight.learn(nanos);
        if (now != limit) {
            synchronized (turns) {
                limit = now;
                if (now == InFlight.ALL) {
                    turns.clear(); // nobody needs one, and what is taken meanwhile must not count as a turn later
                }
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
            begin(next);
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
            boolean has = turns.remove(me) != null;
            if (has && taken() < limit) {
                turns.put(me, WAITS);
                return true;
            }
            while (taken() >= limit) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    turns.keySet().removeIf(thread -> !thread.isAlive());
                    return false;
                }
                turns.wait(left);
            }
            if (limit != InFlight.ALL) {
                turns.put(me, WAITS);
            }
            return true;
        }
    }

    /** How many turns there are, but for those of threads that are held up. */
    private long taken() {
        long now = nanos.getAsLong();
        return turns.values().stream()
                .filter(since -> since.equals(WAITS) || now - since < HELD_UP)
                .count();
    }

    private void begin(@Nullable Exchange next) {
        if (next != null) {
            synchronized (turns) {
                turns.replace(Thread.currentThread(), nanos.getAsLong());
            }
        }
    }

    private void giveTurn() {
        synchronized (turns) {
            if (turns.remove(Thread.currentThread()) != null) {
                turns.notify(); // one turn, one thread; who runs out of time meanwhile looks once more
            }
        }
    }
}
