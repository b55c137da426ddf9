package camelbell.identity;

import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.TokenCheck;
import camelbell.model.TokenCheck.Accepted;
import camelbell.model.TokenCheck.Expired;
import camelbell.model.TokenCheck.Refusal;
import camelbell.model.TokenCheck.Rejected;
import camelbell.model.TokenChecker;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks SimpleJWT access tokens: signature, claims, age, and whether the directory has their user. */
@Component("tokenChecker")
class JwtTokenChecker implements TokenChecker {

    private static final int MAX_LENGTH = 8192;

    /** So long a key may be gone from the set already, beyond the time after which the set is read again. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    /** Characters of tokens, and for each what is made of it: a few thousand tokens, a few megabytes. */
    private static final long MOST_REMEMBERED = 4L << 20;

    private static final int CLAIMS = 512;

    private final TokenSignatures signatures;
    private final TokenRules rules;
    private final Directory directory;
    private final Clock clock;

    /** What tokens say whose signatures were good. */
    private final Cache<String, JWTClaimsSet> signed = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumWeight(MOST_REMEMBERED)
            .weigher((String token, JWTClaimsSet claims) -> token.length() + CLAIMS)
            .build();

    JwtTokenChecker(TokenSignatures signatures, TokenRules rules, Directory directory, Clock clock) {
        this.signatures = signatures;
        this.rules = rules;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public TokenCheck check(String token) {
        JWTClaimsSet claims = token.length() > MAX_LENGTH ? null : signatures.verified(token);
        if (claims == null) {
            return new Rejected(TokenRules.INVALID);
        }
        signed.put(token, claims);
        Long user = TokenRules.user(claims);
        return judge(claims, () -> user == null ? null : directory.person(user));
    }

    @Override
    public @Nullable TokenCheck checkAtOnce(String token) {
        JWTClaimsSet claims = signed.getIfPresent(token);
        Long user = claims == null ? null : TokenRules.user(claims);
        Person person = user == null ? null : directory.personAtHand(user);
        return claims == null || person == null ? null : judge(claims, () -> person);
    }

    private TokenCheck judge(JWTClaimsSet claims, Supplier<@Nullable Person> named) {
        Instant now = clock.instant();
        Refusal complaint = rules.complaint(claims, now);
        if (rules.expired(claims, now)) {
            return complaint == null ? new Expired(TokenRules.INVALID) : new Rejected(TokenRules.INVALID);
        }
        return complaint == null ? known(claims, named.get()) : new Rejected(complaint);
    }

    private static TokenCheck known(JWTClaimsSet claims, @Nullable Person user) {
        if (user == null) {
            return new Rejected(TokenRules.NO_USER);
        }
        return user.active()
                ? new Accepted(user, claims.getExpirationTime().toInstant())
                : new Rejected(TokenRules.INACTIVE);
    }
}
