package camelbell.identity;

import camelbell.model.StartRefused;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether a token's signature is ours, by keys that come from the configuration alone: what a token's own header says
 * of keys (jku, jwk, x5u) is never followed, and an algorithm of the other family has no key.
 */
@Component("tokenSignatures")
class TokenSignatures {

    private static final Logger log = LoggerFactory.getLogger(TokenSignatures.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private volatile boolean keysHad;

    TokenSignatures(JwtProperties jwt, KeySetEndpoint endpoint) {
        if (jwt.believesAnyIssuerOrAudience()) {
            log.warn(
                    "camelbell.jwt.issuer or camelbell.jwt.audience is empty: any token that camelbell.jwt.jwks-uri has"
                            + " signed is accepted, whoever issued it and whatever it is meant for; set both");
        }
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(jwt.jwksUri().isBlank() ? secrets(jwt.secrets()) : keySet(jwt.jwksUri(), endpoint));
        processor.setJWTClaimsSetVerifier((claims, context) -> {
            // TokenRules looks at the claims
        });
    }

    /**
     * The claims of a rightly signed token, null for any other.
     *
     * @throws IllegalStateException when the key set cannot be had: that is nobody's fault who holds a token
     */
    @Nullable
    JWTClaimsSet verified(String token) {
        try {
            return isSpeltStrictly(token) ? processor.process(token, null) : null;
        } catch (ParseException | BadJOSEException | IllegalArgumentException bad) {
            return null;
        } catch (JOSEException failed) {
            if (keysHad) {
                return null; // a key that was not in the set a moment ago, or a set that is too old to be believed
            }
            throw new IllegalStateException("The key set at camelbell.jwt.jwks-uri cannot be read", failed);
        }
    }

    /** RFC 7515 section 2: no padding, no other characters. The parser drops them, so one token had many spellings. */
    private static boolean isSpeltStrictly(String token) {
        return Arrays.stream(token.split("\\.", -1))
                .allMatch(part -> Base64URL.encode(Base64URL.from(part).decode())
                        .toString()
                        .equals(part));
    }

    private static JWSKeySelector<SecurityContext> secrets(List<String> secrets) {
        List<Key> keys = secrets.stream()
                .<Key>map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .toList();
        return (header, context) -> JWSAlgorithm.HS256.equals(header.getAlgorithm()) ? keys : List.of();
    }

    /** Fetched again when it is old or lacks a key, but not for every bad token; the last good set outlives outages, for a time. */
    private JWSKeySelector<SecurityContext> keySet(String uri, KeySetEndpoint endpoint) {
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(url(uri), endpoint)
                .cache(FRESH.toMillis(), Duration.ofSeconds(15).toMillis())
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerantForever()
                .build();
        JWKSource<SecurityContext> noted = (wanted, context) -> {
            List<JWK> keys = source.get(wanted, context);
            keysHad = true;
            if (endpoint.isStale()) {
                throw new KeySourceException("The last good key set is older than camelbell.jwt.jwks-keep");
            }
            return keys;
        };
        return new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), noted);
    }

    private static URL url(String uri) {
        try {
            return URI.create(uri).toURL();
        } catch (IllegalArgumentException | MalformedURLException bad) {
            throw new StartRefused("camelbell.jwt.jwks-uri is no URL: set the issuer's https address.", bad);
        }
    }
}
