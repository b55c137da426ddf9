package camelbell.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Access tokens as the backend signs them, without the hub's help. Source: contract §2. */
public final class Tokens {

    /** Seconds; longer than any test holds one. */
    private static final int LIFE = 7200;

    private Tokens() {}

    /** One that the hub of {@link Stack#properties} believes. */
    public static String of(long user) {
        return of(Stack.jwtSecret(), user);
    }

    /** One for a hub with this secret. */
    public static String of(String secret, long user) {
        return signed(secret, claims(Map.of("user_id", user)));
    }

    /** Those of a good token, but for what is given. */
    public static Map<String, Object> claims(Map<String, Object> changed) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "token_type",
                "access",
                "exp",
                now + LIFE,
                "iat",
                now,
                "jti",
                UUID.randomUUID().toString(),
                "user_id",
                1));
        claims.putAll(changed);
        return claims;
    }

    /** By HS256. */
    public static String signed(String secret, Map<String, Object> claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
        return token.serialize();
    }
}
