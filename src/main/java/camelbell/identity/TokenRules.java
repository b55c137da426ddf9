package camelbell.identity;

import camelbell.model.TokenCheck.Refusal;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the claims of a rightly signed token must say, and in which words the Django reference complains (SimpleJWT's
 * order: times, exp, jti, token_type, user_id). iss and aud count only where they are configured.
 */
@Component("tokenRules")
class TokenRules {

    static final Refusal INVALID = notValid("Token is invalid or expired");
    static final Refusal NO_USER = new Refusal("User not found", "user_not_found", null);
    static final Refusal INACTIVE = new Refusal("User is inactive", "user_inactive", null);
    private static final Refusal NOBODY =
            new Refusal("Token contained no recognizable user identification", "token_not_valid", null);
    private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final JwtProperties jwt;

    TokenRules(JwtProperties jwt) {
        this.jwt = jwt;
    }

    /** What is wrong with the claims apart from age, or null. */
    @Nullable
    Refusal complaint(JWTClaimsSet claims, Instant now) {
        if (later(claims.getNotBeforeTime(), now) || later(claims.getIssueTime(), now) || !ours(claims)) {
            return INVALID;
        }
        if (claims.getExpirationTime() == null) {
            return notValid("Token has no 'exp' claim");
        }
        if (claims.getExpirationTime().toInstant().isBefore(Instant.EPOCH)) {
            return INVALID; // negative, or so large that it came round: no time at which a token could have been good
        }
        if (claims.getClaim("jti") == null) {
            return notValid("Token has no id");
        }
        Object type = claims.getClaim("token_type");
        if (type == null) {
            return notValid("Token has no type");
        }
        if (!type.equals("access")) {
            return notValid("Token has wrong type");
        }
        return claims.getClaims().containsKey("user_id") ? null : NOBODY;
    }

    boolean expired(JWTClaimsSet claims, Instant now) {
        Date expiry = claims.getExpirationTime();
        return expiry != null && !expiry.toInstant().isAfter(now.minus(jwt.leeway()));
    }

    /** The user that the token names, or null when that is no number. */
    static @Nullable Long user(JWTClaimsSet claims) {
        Object id = claims.getClaim("user_id");
        boolean whole = id instanceof String || id instanceof Long || id instanceof Integer;
        if (!whole || !ID.matcher(id.toString()).matches()) {
            return null;
        }
        try {
            return Long.valueOf(id.toString());
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    private boolean later(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(jwt.leeway()));
    }

    private boolean ours(JWTClaimsSet claims) {
        boolean issuer = jwt.issuer().isBlank() || jwt.issuer().equals(claims.getIssuer());
        Set<String> audience = Set.copyOf(claims.getAudience());
        return issuer && (jwt.audience().isBlank() || audience.contains(jwt.audience()));
    }

    private static Refusal notValid(String message) {
        return new Refusal("Given token not valid for any token type", "token_not_valid", message);
    }
}
