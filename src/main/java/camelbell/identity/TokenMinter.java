package camelbell.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Signs access tokens as SimpleJWT does: for development and checks, never for the API. */
public final class TokenMinter {

    private TokenMinter() {}

    /**
     * A token for this user, good from an instant on for so long.
     * Errors: IllegalArgumentException for a secret shorter than HS256 allows, 32 bytes.
     */
    public static String mint(String secret, long user, Instant from, Duration life) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim("token_type", "access")
                .expirationTime(Date.from(from.plus(life)))
                .issueTime(Date.from(from))
                .jwtID(UUID.randomUUID().toString().replace("-", ""))
                .claim("user_id", user)
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret cannot sign: " + e.getMessage(), e);
        }
        return token.serialize();
    }
}
