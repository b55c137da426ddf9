package camelbell.fault;

import java.util.concurrent.TimeUnit;

/** One clock for everything that is noted during an attack: milliseconds since some moment, which never jump. */
final class Moment {

    private Moment() {}

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
