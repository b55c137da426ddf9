package camelbell.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tokens for development, signed as the incident-management backend does. */
record AccessTokens(String secret, TokenSigner signer) {

    /** Errors: CommandFailedException where the hub has no secret of its own. */
    static AccessTokens of(Settings settings, TokenSigner signer) {
        List<String> secrets = settings.jwtSecrets();
        if (secrets.isEmpty()) {
            throw new CommandFailedException("camelbell.jwt.secrets is empty: set CAMELBELL_JWT_SECRETS to the hub's"
                    + " value; tokens of a hub with a JWKS URI come from its issuer.");
        }
        return new AccessTokens(secrets.get(0), signer);
    }

    String sign(long user, Duration life) {
        return sign(user, Instant.now(), life);
    }

    String sign(long user, Instant from, Duration life) {
        try {
            return signer.sign(secret, user, from, life);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CommandFailedException("camelbell.jwt.secrets: " + CommandFailedException.reason(e) + ".", e);
        }
    }

    /** A sentence when the directory is at hand and has nobody active of that id, else empty. */
    static String doubt(Settings settings, long user) {
        try {
            boolean known = Database.work(settings, jdbc -> jdbc.sql("SELECT active FROM person WHERE id = ?")
                    .param(user)
                    .query(Boolean.class)
                    .optional()
                    .orElse(false));
            return known
                    ? ""
                    : "The directory has no active user " + user + ": the hub refuses this token until it has.";
        } catch (CommandFailedException noDatabase) {
            return ""; // a token needs none
        }
    }

    /** The secret must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "AccessTokens[]";
    }
}
