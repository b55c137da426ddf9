package camelbell.operations;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as Spring does; one of nothing or less is none. */
final class Span implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        Duration duration = parse(value);
        if (duration.isZero()) {
            throw new TypeConversionException("'" + value + "' is not in the future");
        }
        return duration;
    }

    private static Duration parse(String value) {
        try {
            Duration duration = DurationStyle.detectAndParse(value);
            if (duration.isNegative()) {
                throw new TypeConversionException("'" + value + "' is not in the future");
            }
            return duration;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TypeConversionException("'" + value + "' is not a duration: write 90s, 15m, 1h or 30d");
        }
    }

    /** One to be waited for, which may be nothing. */
    static final class OrNone implements ITypeConverter<Duration> {

        private static final Duration LONGEST = Duration.ofDays(365);

        @Override
        public Duration convert(String value) {
            Duration duration = parse(value);
            if (duration.compareTo(LONGEST) > 0) {
                throw new TypeConversionException("'" + value + "' is longer than a year");
            }
            return duration;
        }
    }
}
