package camelbell.model;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a mail server says later of a mail that it had taken: a delivery status notification (RFC 3464).
 *
 * @param notification as the original's Message-ID names it
 * @param messageId of the original
 * @param code enhanced status code (RFC 3463), such as 5.1.1
 * @param addresses whom the original was for, lower-case, as report and returned headers name them
 * @param at when the report was written
 */
public record Bounce(long notification, String messageId, Kind kind, String code, Set<String> addresses, Instant at) {

    /** The channel whose messages bounce. */
    public static final String CHANNEL = "EMAIL";

    /** The mailbox, its domain or its system does not exist, or has moved; 5.1.7 and 5.1.8 are about the sender. */
    private static final Pattern DEAD_ADDRESS = Pattern.compile("5\\.1\\.(0|1|2|3|4|6|10)");

    /** What has become of the mail. */
    public enum Kind {
        FAILED,
        DELAYED,
        DELIVERED
    }

    /** Stable, without an address. */
    public String reason() {
        return "DSN " + code;
    }

    /** True when no later mail will find the address either. */
    public boolean addressIsDead() {
        return kind == Kind.FAILED && isDeadAddress(code);
    }

    /** The same of a code alone. */
    public static boolean isDeadAddress(String enhancedCode) {
        return DEAD_ADDRESS.matcher(enhancedCode).matches();
    }
}
