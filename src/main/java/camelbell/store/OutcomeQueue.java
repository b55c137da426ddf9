package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.StartRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Outcomes that wait to be written. Whoever writes takes all that are there, so that a batch is what came while the one
 * before was written: one outcome alone when little happens, hundreds when the database is slow. No clock is waited for.
 * {@link UnwrittenOutcomes} bounds how many there can be, but for those of a hub that stops.
 */
@Component("outcomeQueue")
class OutcomeQueue {

    private final BlockingQueue<Attempt> waiting = new LinkedBlockingQueue<>();
    private final UnwrittenOutcomes unwritten;
    private final int most;

    OutcomeQueue(UnwrittenOutcomes unwritten, @Value("${camelbell.delivery.settle-batch}") int most) {
        if (most < 1) {
            throw new StartRefused("camelbell.delivery.settle-batch is " + most
                    + ": outcomes are written one at a time or more," + " so it must be 1 at least.");
        }
        this.unwritten = unwritten;
        this.most = most;
    }

    /** From now on the delivery is not claimed until its outcome is written. */
    public void add(Attempt attempt) {
        unwritten.add(attempt);
        waiting.add(attempt);
    }

    /** Whether there is anything to take. */
    public boolean hasSome() {
        return !waiting.isEmpty();
    }

    /** All that wait, the oldest first, but no more than a transaction should write. */
    public List<Attempt> take() {
        List<Attempt> taken = new ArrayList<>();
        waiting.drainTo(taken, most);
        return taken;
    }
}
