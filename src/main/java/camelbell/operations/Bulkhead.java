package camelbell.operations;

import camelbell.rest.Answer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How many calls do something costly at once on this node. A few more wait for a moment; all others are told to come again. */
final class Bulkhead {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore working;
    private final Semaphore here;

    Bulkhead(int atOnce, int waiting) {
        this.working = new Semaphore(atOnce, true);
        this.here = new Semaphore(atOnce + waiting);
    }

    /** What the call answers, or 503 when it got no turn. */
    Answer take(Supplier<Answer> call) {
        if (!here.tryAcquire()) {
            return Answer.busy();
        }
        try {
            return isMyTurn() ? work(call) : Answer.busy();
        } finally {
            here.release();
        }
    }

    private Answer work(Supplier<Answer> call) {
        try {
            return call.get();
        } finally {
            working.release();
        }
    }

    private boolean isMyTurn() {
        try {
            return working.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
