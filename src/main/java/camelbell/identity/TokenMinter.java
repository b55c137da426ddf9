package camelbell.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Signs access tokens as SimpleJWT does, with the current secret: for development and checks, never for the API. */
@Component("tokenMinter")
class TokenMinter {

    private final JwtProperties jwt;
    private final Clock clock;

    TokenMinter(JwtProperties jwt, Clock clock) {
        this.jwt = jwt;
        this.clock = clock;
    }

    /** A token for this user that expires after this time. */
    public String mint(long user, Duration life) {
        if (jwt.secrets().isEmpty()) {
            throw new IllegalStateException("Cannot sign a token for user " + user
                    + ": camelbell.jwt.secrets is empty, and with a key set only the issuer signs.");
        }
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim("token_type", "access")
                .expirationTime(Date.from(now.plus(life)))
                .issueTime(Date.from(now))
                .jwtID(UUID.randomUUID().toString().replace("-", ""))
                .claim("user_id", user)
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(new MACSigner(jwt.secrets().get(0).getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Cannot sign a token for user " + user, impossible);
        }
        return token.serialize();
    }
}
