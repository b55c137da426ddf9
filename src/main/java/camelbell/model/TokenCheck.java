package camelbell.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of looking at a bearer token. The token's text is kept nowhere. Source: contract §2. */
public sealed interface TokenCheck {

    /** Good: whose it is, and how long. */
    record Accepted(Person user, Instant expiresAt) implements TokenCheck {}

    /** Rightly signed and an access token, but past its expiry: the client should fetch a new one. */
    record Expired(Refusal refusal) implements TokenCheck {}

    /** Anything else. */
    record Rejected(Refusal refusal) implements TokenCheck {}

    /**
     * The words of the 401, as the Django reference gives them.
     *
     * @param code stable code such as {@code token_not_valid}
     * @param tokenMessage the entry of {@code messages}, or null when the answer has none
     */
    record Refusal(String detail, String code, @Nullable String tokenMessage) {}
}
