package camelbell.runtime;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Puts the {@link RepetitionFilter} in front of all logging, once a JVM, and has it write its counts. */
@Component
class QuietLog implements DisposableBean {

    private static final int SWEEP_SECONDS = 5;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "camelbell-quiet-log");
        thread.setDaemon(true);
        return thread;
    });

    QuietLog() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            RepetitionFilter filter = filter(log);
            var unused = clock.scheduleWithFixedDelay(filter::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static synchronized RepetitionFilter filter(LoggerContext log) {
        for (TurboFilter there : log.getTurboFilterList()) {
            if (there instanceof RepetitionFilter found) {
                return found;
            }
        }
        RepetitionFilter made = new RepetitionFilter();
        log.addTurboFilter(made);
        return made;
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}
