package camelbell.model;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mark on a message that a provider echoes: a notification's number and the hub that it is of, such as
 * {@code 4711/0123456789abcdef}. Another hub may use the same number at the provider, and hears of ours as we hear of its.
 *
 * @param hub 16 hexadecimal digits, random, of the database
 * @param bareUpTo the last notification whose attempts may have been marked with the number alone
 * @param madeAt when the hub got its name: what is begun since then is marked with it
 */
public record HubTag(String hub, long bareUpTo, Instant madeAt) {

    private static final Pattern ECHO = Pattern.compile("([1-9][0-9]{0,17})(?:/([0-9a-f]{16}))?");

    /** So long a provider tells of a message: Meta repeats a call for seven days. */
    private static final Duration TOLD_FOR = Duration.ofDays(7);

    /** The mark of a notification's messages. */
    public String of(long notification) {
        return notification + "/" + hub;
    }

    /** The notification that the mark is of, or null when it is not this hub's. */
    public @Nullable Long notification(String echoed, Instant now) {
        Matcher echo = ECHO.matcher(echoed);
        if (!echo.matches()) {
            return null;
        }
        long notification = Long.parseLong(echo.group(1));
        boolean bare = echo.group(2) == null;
        boolean ours =
                bare ? notification <= bareUpTo && now.isBefore(madeAt.plus(TOLD_FOR)) : hub.equals(echo.group(2));
        return ours ? Long.valueOf(notification) : null;
    }
}
