package camelbell.runtime.http;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Whether the threads that serve REST and sockets do: each event loop, and the workers that they share. */
final class RestWatch {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final IdentityHashMap<EventExecutor, Probe> loops = new IdentityHashMap<>();
    private final Probe workers = new Probe();
    private long lastAsked = System.nanoTime();

    RestWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Asks all that have answered. While nobody asked the whole process stood, which is no loop's fault. */
    void ask() {
        long now = System.nanoTime();
        long stood = Math.max(0, now - lastAsked - LONGEST_PAUSE.toNanos());
        lastAsked = now;
        loops.values().forEach(probe -> probe.forgive(stood));
        workers.forgive(stood);
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loops.computeIfAbsent(loop, unknown -> new Probe()).ask(loop::execute);
        }
        workers.ask(answer -> {
            var unused = vertx.<Boolean>executeBlocking(
                    () -> {
                        answer.run();
                        return true;
                    },
                    false);
        });
    }

    /** How long the slowest loop has owed an answer. */
    Duration loopsOwe() {
        return loops.values().stream().map(Probe::owes).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    Duration workersOwe() {
        return workers.owes();
    }

    private interface Asked {
        void execute(Runnable answer);
    }

    /** One question at a time. */
    private static final class Probe {

        private static final long ANSWERED = Long.MIN_VALUE;

        private final AtomicLong asked = new AtomicLong(ANSWERED);

        void ask(Asked whom) {
            if (asked.compareAndSet(ANSWERED, System.nanoTime())) {
                whom.execute(() -> asked.set(ANSWERED));
            }
        }

        void forgive(long nanos) {
            long since = asked.get();
            if (since != ANSWERED && nanos > 0) {
                asked.compareAndSet(since, since + nanos);
            }
        }

        Duration owes() {
            long since = asked.get();
            return since == ANSWERED ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
        }
    }
}
