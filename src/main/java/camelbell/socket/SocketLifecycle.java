package camelbell.socket;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The rhythm of the sockets stage: the heartbeat, the sweep that heals lost hints, and the goodbye at stop, which is
 * spread over time so that not all clients knock at the other nodes at once.
 */
@Component("socketLifecycle")
class SocketLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SocketLifecycle.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private final Sockets sockets;
    private final Sessions sessions;
    private final CatchUpDispatcher dispatcher;
    private final Heartbeat heartbeat;
    private final SocketProperties properties;
    private final Clock time;
    private volatile @Nullable ScheduledExecutorService clock;

    SocketLifecycle(
            Sockets sockets,
            Sessions sessions,
            CatchUpDispatcher dispatcher,
            Heartbeat heartbeat,
            SocketProperties properties,
            Clock time) {
        this.sockets = sockets;
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.heartbeat = heartbeat;
        this.properties = properties;
        this.time = time;
    }

    @Override
    public void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "camelbell-sockets-clock"));
        every(started, BEAT, () -> heartbeat.beat(time.instant()));
        every(started, properties.sweepInterval(), () -> dispatcher.wake(sessions.people()));
        clock = started;
    }

    /** A failure must not end the rhythm, as it would if it left the task. */
    private static void every(ScheduledExecutorService clock, Duration interval, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException failed) {
                log.error("sockets clock failed, goes on; report this", failed);
            }
        };
        var unused =
                clock.scheduleWithFixedDelay(guarded, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        ScheduledExecutorService started = clock;
        if (started == null) {
            return;
        }
        started.shutdownNow();
        clock = null;
        sockets.stopOpening();
        List<Session> open = new ArrayList<>(sessions.all());
        Collections.shuffle(open);
        log.info("closing sockets count={} within={}", open.size(), properties.shutdownGrace());
        try {
            sayGoodbye(open);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayGoodbye(List<Session> open) throws InterruptedException {
        long pause = open.isEmpty()
                ? 0
                : Math.min(LONGEST_PAUSE.toNanos(), properties.shutdownGrace().toNanos() / open.size());
        long next = System.nanoTime();
        for (Session session : open) {
            sessions.close(session, Closing.RESTART);
            next += pause;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Stops before the listeners of the public port do (they stop at MAX_VALUE - 2048), so that goodbyes get through. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 2047;
    }
}
