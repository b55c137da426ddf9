package camelbell.channel.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTTP header Retry-After (RFC 9110 §10.2.3): seconds, or a date in any of the three forms that §5.6.7 has recipients read. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** A year of two digits that seems to be later than in so many years is the century's before. */
    private static final int YEARS_AHEAD = 50;

    private static final int CENTURY = 100;

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);

    private RetryAfter() {}

    /** Null when there is none or it makes no sense; a day at most. */
    public static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        Duration wait = text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : until(text, now);
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration until(String date, Instant now) {
        for (DateTimeFormatter form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now), ASCTIME)) {
            Instant instant = instant(date, form);
            if (instant != null) {
                return Duration.between(now, instant);
            }
        }
        return null;
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int earliest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD - CENTURY + 1;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    private static @Nullable Instant instant(String date, DateTimeFormatter form) {
        try {
            return form.withZone(ZoneOffset.UTC).parse(date, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
