package camelbell.runtime.health;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends the process when only a restart mends it, so that whoever supervises it starts it again: in order if that can be
 * had in time, hard if not. Both threads are made beforehand: when memory has run out there may be no making them.
 */
@Component
class ProcessEnd {

    /** As in sysexits.h: an internal error. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final HealthProperties health;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread inOrder = new Thread(() -> System.exit(EXIT_CODE), "camelbell-end");
    private final Thread hard = new Thread(this::haltLater, "camelbell-end-hard");

    ProcessEnd(HealthProperties health) {
        this.health = health;
        hard.setDaemon(true);
    }

    /** Returns at once; does nothing the second time. */
    void because(String reason) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!health.exit()) {
                LOG.error("only a restart mends this: {}; restart the process, camelbell.health.exit is false", reason);
                return;
            }
            LOG.error(
                    "only a restart mends this: {}; the process ends with exit code {} for its supervisor to start it again,"
                            + " see health-and-metrics.md",
                    reason,
                    EXIT_CODE);
            hard.start();
            inOrder.start();
        } catch (OutOfMemoryError e) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private void haltLater() {
        try {
            TimeUnit.MILLISECONDS.sleep(health.exitGrace().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
