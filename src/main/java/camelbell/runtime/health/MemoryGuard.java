package camelbell.runtime.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Sees OutOfMemoryErrors where they come by, and has the {@link MemoryWatch} say every second whether memory comes back. Thread
 * pools catch them all, so nobody hears of one but whoever reads the log: that is where this one listens, beside threads that
 * end by one.
 */
@Component
public class MemoryGuard implements DisposableBean {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final double ALL = 100;

    private final MemoryWatch memory;
    private final Watch watch;
    private final TurboFilter ear = new Ear();
    private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    MemoryGuard(HealthProperties health, ProcessHealth process) {
        memory = new MemoryWatch(health, MemoryGuard::inUseAfterCollection);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.addTurboFilter(ear);
        }
        Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
        watch = new Watch("memory", EVERY, () -> {
            process.set("memory", memory.problem());
            if (memory.isFull()) {
                System.gc(); // what is in use after a collection is only known after one
            }
        });
    }

    /** A failure that somebody has caught and does not log. */
    public void look(@Nullable Throwable failure) {
        memory.look(failure);
    }

    private void uncaught(Thread thread, Throwable failure) {
        memory.look(failure);
        if (before != null) {
            before.uncaughtException(thread, failure);
        } else {
            LoggerFactory.getLogger(MemoryGuard.class).error("thread ended name={}", thread.getName(), failure);
        }
    }

    /** Only old generations have a usage threshold. */
    private static double inUseAfterCollection() {
        double most = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.isUsageThresholdSupported() ? pool.getCollectionUsage() : null;
            if (after != null && after.getMax() > 0) {
                most = Math.max(most, ALL * after.getUsed() / after.getMax());
            }
        }
        return most;
    }

    @Override
    public void destroy() {
        watch.close();
        Thread.setDefaultUncaughtExceptionHandler(before);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.getTurboFilterList().remove(ear);
        }
    }

    /** Decides nothing. */
    private final class Ear extends TurboFilter {

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] parameters,
                @Nullable Throwable failure) {
            if (failure != null) {
                memory.look(failure);
            }
            return FilterReply.NEUTRAL;
        }
    }
}
