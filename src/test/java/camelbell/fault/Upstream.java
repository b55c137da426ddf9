package camelbell.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Posts one event a second for one person, and knows when. */
final class Upstream implements AutoCloseable {

    private static final long EVERY_MS = 1000;

    private final Under run;
    private final int person;
    private final Map<String, Long> posted = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("upstream"));

    Upstream(Under run, int person) {
        this.run = run;
        this.person = person;
        var unused = clock.scheduleAtFixedRate(this::post, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void post() {
        Workload.Posted event = run.workload.eventFor(person);
        posted.put(event.id(), Moment.now());
        run.rig.topics.post("ticket-events", event.key(), event.value());
    }

    /** Moments by event. */
    Map<String, Long> posted() {
        return posted;
    }

    /** No further event; what was posted may still come. */
    void stop() {
        clock.shutdown();
        run.rig.topics.flush();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
