package camelbell.operations;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How fast records are sent. Unit: records per second; infinity: no limit. */
record Rate(double perSecond) {

    static final Rate UNLIMITED = new Rate(Double.POSITIVE_INFINITY);

    /** Starts the clock. */
    Pace start() {
        return new Pace(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    /** Says when the next record is due, counted from the start, so that a late one is caught up with. */
    static final class Pace {

        private final double nanosBetween;
        private final long began = System.nanoTime();
        private long given;

        private Pace(double nanosBetween) {
            this.nanosBetween = nanosBetween;
        }

        void await() {
            long due = began + (long) (given++ * nanosBetween);
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
        }
    }

    /** Reads {@code 500} and {@code 500/s}. */
    static final class Parser implements ITypeConverter<Rate> {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(?:/s)?");

        @Override
        public Rate convert(String value) {
            Matcher matcher = FORM.matcher(value);
            if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
                throw new TypeConversionException(
                        "'" + value + "' is not a rate: write records per second, such as 500/s");
            }
            return new Rate(Long.parseLong(matcher.group(1)));
        }
    }
}
