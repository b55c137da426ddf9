package camelbell.runtime;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * What is written of something that is tried again and again: the first failure with its stack, then at growing intervals
 * one line with the count and the newest reason, and one when it works again.
 */
public final class FailureLog {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Logger log;
    private final String what;
    private int failures;
    private long began;
    private long spoke;
    private Duration quiet = FIRST;
    private String reason = "";

    /**
     * One for each thing that may fail.
     *
     * @param what fails, such as {@code route=unsent}
     */
    public FailureLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /**
     * Answers how often it has failed in a row.
     *
     * @param where what it was about, such as the offsets of a batch; may be empty
     */
    public synchronized int failed(String where, Throwable failure) {
        long now = System.nanoTime();
        String why = Reason.of(failure);
        String about = where.isEmpty() ? "" : " " + where;
        if (++failures == 1) {
            began = now;
            quiet = FIRST;
            log.warn("failed {}{} reason={}; it is tried again, slower and slower", what, about, why, failure);
            spoke = now;
        } else if (now - spoke > quiet.toNanos()) {
            quiet = quiet.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : quiet.multipliedBy(2);
            log.warn("still fails {}{} times={} seconds={} reason={}", what, about, failures, since(now), why);
            spoke = now;
        }
        reason = why;
        return failures;
    }

    /** Cheap while nothing has failed. */
    public synchronized void worked() {
        if (failures > 0) {
            log.info("works again {} times={} seconds={}", what, failures, since(System.nanoTime()));
            failures = 0;
            reason = "";
        }
    }

    /** The last failure's reason; empty while nothing fails. */
    public synchronized String reason() {
        return reason;
    }

    private long since(long now) {
        return Duration.ofNanos(now - began).toSeconds();
    }
}
