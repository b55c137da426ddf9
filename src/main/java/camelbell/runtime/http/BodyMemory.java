package camelbell.runtime.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Memory for the bodies of one kind of requests. What has come is counted, not what is announced, and when there is no more
 * memory for all, the body ends that stands and holds the most of it: whoever sends on is never refused for the sake of
 * those that do not.
 */
final class BodyMemory {

    /** Who has sent so little for so long gives way. */
    private static final Duration STANDS = Duration.ofSeconds(1);

    private final ByteBudget budget;
    private final Set<Body> unfinished = new HashSet<>();

    BodyMemory(long total, long share) {
        this.budget = new ByteBudget(total, share);
    }

    long used() {
        return budget.used();
    }

    synchronized void begin(Body body) {
        unfinished.add(body);
    }

    /** It has come whole, and is worked on from now on. */
    synchronized void finish(Body body) {
        unfinished.remove(body);
    }

    /** All or nothing; none for a body that has given way meanwhile. */
    synchronized ByteBudget.Grant take(Body body, long bytes) {
        ByteBudget.Grant decision = budget.take(body.caller(), bytes);
        while (decision == ByteBudget.Grant.FULL) {
            Optional<Body> standing = largestThatStands(body);
            if (standing.isEmpty()) {
                return decision;
            }
            standing.get().giveWay();
            decision = budget.take(body.caller(), bytes);
        }
        return decision;
    }

    synchronized void give(Body body, long bytes) {
        unfinished.remove(body);
        budget.give(body.caller(), bytes);
    }

    private Optional<Body> largestThatStands(Body except) {
        long now = System.nanoTime();
        return unfinished.stream()
                .filter(body -> body != except && body.stands(now, STANDS.toNanos()))
                .max(Comparator.comparingLong(Body::held));
    }
}
