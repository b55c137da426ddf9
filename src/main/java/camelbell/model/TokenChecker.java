package camelbell.model;

import org.jspecify.annotations.Nullable;

/** Checks bearer tokens, for REST and WebSocket alike. Never throws for a bad token, never calls out for its sake. */
public interface TokenChecker {

    TokenCheck check(String token);

    /**
     * The same without waiting for anything, for an event loop; null where that cannot be said at once. Of a token whose
     * signature was checked a moment ago all but that is looked at again: its age, and whom it names.
     */
    default @Nullable TokenCheck checkAtOnce(String token) {
        return null;
    }
}
