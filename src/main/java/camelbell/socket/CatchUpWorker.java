package camelbell.socket;

import camelbell.model.Budget;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that catches up for its share of the people. Whoever is woken while a pass runs is in the next one, so a
 * flood of hints becomes few and large passes.
 */
final class CatchUpWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatchUpWorker.class);
    private static final int PEOPLE_AT_ONCE = 250;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CatchUp catchUp;
    private final ScheduledExecutorService thread;
    private final Set<Long> woken = new LinkedHashSet<>();
    private boolean scheduled;

    CatchUpWorker(CatchUp catchUp, int number) {
        this.catchUp = catchUp;
        this.thread = Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "camelbell-sockets-" + number));
    }

    void wake(Collection<Long> people) {
        synchronized (woken) {
            woken.addAll(people);
            if (scheduled || woken.isEmpty() || thread.isShutdown()) {
                return;
            }
            scheduled = true;
        }
        thread.execute(() -> Budget.SOCKETS.run(this::pass));
    }

    private void pass() {
        Set<Long> people = take();
        try {
            CatchUp.Rest rest = catchUp.run(people);
            wakeLater(rest.waiting(), LOOK_AGAIN);
            wakeAgain(rest.more());
        } catch (RuntimeException failed) {
            log.warn("sockets not served people={} retried in {}: {}", people.size(), RETRY, failed.toString());
            wakeLater(people, RETRY);
            wakeAgain(Set.of());
        }
    }

    private Set<Long> take() {
        Set<Long> people = new LinkedHashSet<>();
        synchronized (woken) {
            for (Iterator<Long> next = woken.iterator(); next.hasNext() && people.size() < PEOPLE_AT_ONCE; ) {
                people.add(next.next());
                next.remove();
            }
        }
        return people;
    }

    private void wakeAgain(Set<Long> people) {
        synchronized (woken) {
            scheduled = false;
        }
        wake(people);
    }

    private void wakeLater(Set<Long> people, Duration wait) {
        if (!people.isEmpty() && !thread.isShutdown()) {
            var unused = thread.schedule(() -> wake(people), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
