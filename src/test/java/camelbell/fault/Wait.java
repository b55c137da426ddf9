package camelbell.fault;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what must come, and for the random moments of a schedule. */
final class Wait {

    private static final int LOOK_EVERY_MS = 50;

    private Wait() {}

    static void until(String what, Duration most, Callable<Boolean> condition) {
        until(() -> what, most, condition);
    }

    /** Errors: an {@link AssertionError} that says what did not come, in its words at that time. */
    static void until(Supplier<String> what, Duration most, Callable<Boolean> condition) {
        if (!hasCome(what, most, condition)) {
            throw new AssertionError("not within " + most.toSeconds() + " s: " + what.get());
        }
    }

    /** Whether it comes within this time. */
    static boolean hasCome(Supplier<String> what, Duration most, Callable<Boolean> condition) {
        long end = System.nanoTime() + most.toNanos();
        try {
            boolean come = condition.call();
            while (!come && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
                come = condition.call();
            }
            return come;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (Exception e) {
            throw new AssertionError("while waiting until " + what.get(), e);
        }
    }

    /** A fault lasts for so long, or strikes after it: the only reason here to let time pass. */
    static void pass(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
