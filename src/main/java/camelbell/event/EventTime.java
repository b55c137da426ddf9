package camelbell.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of events. Source: RFC 3339; years that PostgreSQL and every client can hold. */
final class EventTime {

    /** RFC 3339 sets no end to a fraction; nine digits are read, of which six are kept. */
    private static final Pattern LONG_FRACTION = Pattern.compile("(\\.[0-9]{9})[0-9]+");

    private static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);
    private static final Pattern LEAP_SECOND = Pattern.compile("(T[0-9]{2}:[0-9]{2}):60", Pattern.CASE_INSENSITIVE);
    private static final String USUAL = "dddd-dd-ddTdd:dd:dd";
    private static final int[] TO_NANOS = {0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000};

    private EventTime() {}

    /**
     * With an offset. What is stored and shown is UTC, so there the year counts, after the fraction has been cut to the
     * microseconds that are kept: rounded, it might be another year. A leap second, which is at the end of a UTC day only, is
     * the second before it. Null for what is no such time.
     */
    static @Nullable Instant of(String value) {
        Instant usual = usual(value);
        if (usual != null) {
            return usual;
        }
        try {
            Matcher leap = LEAP_SECOND.matcher(LONG_FRACTION.matcher(value).replaceFirst("$1"));
            boolean leaps = leap.find();
            OffsetDateTime time = OffsetDateTime.parse(leap.replaceFirst("$1:59"))
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .truncatedTo(ChronoUnit.MICROS);
            boolean real = !leaps || time.toLocalTime().isAfter(LAST_MINUTE);
            return real && time.getYear() >= 1 && time.getYear() <= 9999 ? time.toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As nearly all are written, without a look at all that RFC 3339 allows: UTC, up to six digits of a second. Null for others. */
    private static @Nullable Instant usual(String value) {
        int end = value.length() - 1;
        int digits = Math.max(0, end - USUAL.length() - 1);
        if (end < USUAL.length() || value.charAt(end) != 'Z' || digits >= TO_NANOS.length) {
            return null;
        }
        for (int i = 0; i < end; i++) {
            char wanted = i < USUAL.length() ? USUAL.charAt(i) : i == USUAL.length() ? '.' : 'd';
            char found = value.charAt(i);
            if (wanted == 'd' ? found < '0' || found > '9' : found != wanted) {
                return null;
            }
        }
        if (end == USUAL.length() + 1) {
            return null; // a point without digits
        }
        int year = number(value, 0, 4);
        if (year == 0) {
            return null;
        }
        try {
            return LocalDateTime.of(
                            year,
                            number(value, 5, 7),
                            number(value, 8, 10),
                            number(value, 11, 13),
                            number(value, 14, 16),
                            number(value, 17, 19),
                            number(value, end - digits, end) * TO_NANOS[digits])
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null; // such as a leap second
        }
    }

    private static int number(String value, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + value.charAt(i) - '0';
        }
        return number;
    }
}
