package camelbell.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps libraries from writing the same line again and again, as they all do while a server is away: what comes often is
 * counted, and the count written at growing intervals. The same are lines of one logger that differ in numbers only.
 */
final class RepetitionFilter extends TurboFilter {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(RepetitionFilter.class);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);
    private static final int MOST_LINES = 1000;
    private static final int LONGEST_KEY = 160;
    private static final int WARNINGS = 1;
    private static final int NEWS = 10;

    /** Numbers, and ids such as {@code 7F3A2C-0000000000000012}. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9A-F]*[0-9][0-9A-Fa-f]*(?:-[0-9A-Fa-f]+)*");

    /** Those of ours that say what happened to one of many callers alike; the others write of an id each. */
    private static final List<String> OURS = List.of(
            "camelbell.runtime.http.AuthenticationHandler",
            "camelbell.runtime.http.Newcomers",
            "camelbell.runtime.http.Places",
            "camelbell.runtime.websocket.HandshakeHandler",
            "camelbell.socket.CatchUpWorker",
            "camelbell.store.UnsentDeliveries",
            "whatsapp-receipts");

    private final Cache<String, Line> lines =
            Caffeine.newBuilder().maximumSize(MOST_LINES).build();

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        if (format == null || !level.isGreaterOrEqual(Level.INFO) || !covers(logger.getName())) {
            return FilterReply.NEUTRAL;
        }
        if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        String text = NUMBERS.matcher(format.length() > LONGEST_KEY ? format.substring(0, LONGEST_KEY) : format)
                .replaceAll("#");
        String name = logger.getName();
        String kind = failure == null ? "" : failure.getClass().getName();
        Line line = lines.get(name + level + text + kind, key -> new Line(name, text));
        int most = level.isGreaterOrEqual(Level.WARN) ? WARNINGS : NEWS;
        return line != null && line.isTooOften(most) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean covers(String logger) {
        return logger.startsWith("org.")
                || logger.startsWith("com.")
                || logger.startsWith("io.")
                || OURS.contains(logger);
    }

    /** Writes counts that are due, and forgets lines that have not come for a while. */
    void sweep() {
        lines.asMap().values().forEach(Line::report);
        lines.asMap().values().removeIf(Line::isForgotten);
    }

    private static final class Line {

        private final String logger;
        private final String text;
        private int written;
        private long held;
        private long newest = System.nanoTime();
        private long reported = newest;
        private Duration interval = FIRST;

        Line(String logger, String text) {
            this.logger = logger;
            this.text = text;
        }

        synchronized boolean isTooOften(int most) {
            newest = System.nanoTime();
            if (written < most) {
                written++;
                return false;
            }
            held++;
            return true;
        }

        void report() {
            long times;
            synchronized (this) {
                long now = System.nanoTime();
                if (held == 0 || now - reported < interval.toNanos()) {
                    return;
                }
                times = held;
                held = 0;
                reported = now;
                interval = interval.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : interval.multipliedBy(2);
            }
            LOG.info("the same again times={} logger={} line={}", times, logger, text);
        }

        synchronized boolean isForgotten() {
            return held == 0 && System.nanoTime() - newest > FORGOTTEN.toNanos();
        }
    }
}
