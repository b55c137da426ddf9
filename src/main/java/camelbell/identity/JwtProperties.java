package camelbell.identity;

import camelbell.model.StartRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose tokens are believed: HMAC secrets or a key set, never both.
 *
 * @param secrets at least 32 bytes of UTF-8 each; the first one also signs
 * @param jwksUri the issuer's key set, empty when there are secrets
 * @param issuer the required iss, empty for any
 * @param audience the required aud, empty for any
 * @param jwksKeep how long the last good key set is believed while its endpoint is away
 * @param leeway how far past its expiry a token is still good, at most 5 s
 */
@ConfigurationProperties("camelbell.jwt")
record JwtProperties(
        List<String> secrets, String jwksUri, String issuer, String audience, Duration leeway, Duration jwksKeep) {

    private static final int MIN_BYTES = 32; // RFC 7518 section 3.2
    private static final Duration MAX_LEEWAY = Duration.ofSeconds(5);
    private static final Duration MIN_KEEP = Duration.ofMinutes(10); // twice as long as a set is fresh
    private static final Duration MAX_KEEP = Duration.ofHours(24);

    JwtProperties {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() && jwksUri.isBlank()) {
            throw new StartRefused(
                    "camelbell.jwt.secrets and camelbell.jwt.jwks-uri are both empty, so no token could be"
                            + " checked: set one of them.");
        }
        if (!secrets.isEmpty() && !jwksUri.isBlank()) {
            throw new StartRefused(
                    "camelbell.jwt.secrets and camelbell.jwt.jwks-uri are both set, but a hub believes one"
                            + " family of tokens only: empty one of them.");
        }
        for (int i = 0; i < secrets.size(); i++) {
            int bytes = secrets.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (bytes < MIN_BYTES) {
                throw new StartRefused("camelbell.jwt.secrets: number " + (i + 1) + " is " + bytes
                        + " bytes long, HS256 needs at least " + MIN_BYTES + ": set a longer one.");
            }
        }
        if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
            throw new StartRefused("camelbell.jwt.leeway is " + leeway + ": set it between 0s and 5s.");
        }
        if (jwksKeep.compareTo(MIN_KEEP) < 0 || jwksKeep.compareTo(MAX_KEEP) > 0) {
            throw new StartRefused("camelbell.jwt.jwks-keep is " + jwksKeep + ": set it between 10m and 24h.");
        }
    }

    /** True when a key set is believed but not what its tokens say of who issued them or whom they are for. */
    boolean believesAnyIssuerOrAudience() {
        return !jwksUri.isBlank() && (issuer.isBlank() || audience.isBlank());
    }

    /** The secrets must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "JwtProperties[secrets=" + secrets.size() + ", jwksUri=" + jwksUri + ", issuer=" + issuer + "]";
    }
}
