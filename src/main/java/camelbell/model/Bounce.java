package camelbell.model;

import java.time.Instant;
import java.util.Set;

/**
 * What a mail server says later of a mail that it had taken: a delivery status notification (RFC 3464), or a feedback
 * report (RFC 5965).
 *
 * @param notification as the original's Message-ID names it
 * @param messageId of the original
 * @param code enhanced status code (RFC 3463), such as 5.1.1; of a complaint its type, such as abuse
 * @param addresses whom it is about, as the report names them
 * @param addressIsDead true when it surely says that no later mail will find the address either
 * @param at when the report was written
 */
public record Bounce(
        long notification,
        String messageId,
        Kind kind,
        String code,
        Set<String> addresses,
        boolean addressIsDead,
        Instant at) {

    /** The channel whose messages bounce. */
    public static final String CHANNEL = "EMAIL";

    /** What has become of the mail. */
    public enum Kind {
        FAILED,
        DELAYED,
        DELIVERED,
        COMPLAINED
    }

    /** Stable, without an address. */
    public String reason() {
        return (kind == Kind.COMPLAINED ? "ARF " : "DSN ") + code;
    }
}
