package camelbell.runtime.health;

import camelbell.model.Budget;
import camelbell.runtime.FailureLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of its own that looks at something every so often, whatever a look runs into. */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final ScheduledExecutorService thread;
    private final FailureLog failures;

    public Watch(String name, Duration every, Runnable look) {
        failures = new FailureLog(LOG, "watch=" + name);
        thread = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread made = new Thread(run, "camelbell-watch-" + name);
            made.setDaemon(true);
            return made;
        });
        var unused = thread.scheduleWithFixedDelay(
                () -> guarded(look), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable look) {
        try {
            Budget.HEALTH.run(look);
            failures.worked();
        } catch (RuntimeException | Error failed) { // what is thrown here would end the watch
            failures.failed("", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
