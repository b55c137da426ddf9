package camelbell.model;

/** Checks bearer tokens, for REST and WebSocket alike. Never throws for a bad token, never calls out for its sake. */
public interface TokenChecker {

    TokenCheck check(String token);
}
