package camelbell.identity;

import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.TokenCheck;
import camelbell.model.TokenCheck.Accepted;
import camelbell.model.TokenCheck.Expired;
import camelbell.model.TokenCheck.Refusal;
import camelbell.model.TokenCheck.Rejected;
import camelbell.model.TokenChecker;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Checks SimpleJWT access tokens: signature, claims, age, and whether the directory has their user. */
@Component("tokenChecker")
class JwtTokenChecker implements TokenChecker {

    private static final int MAX_LENGTH = 8192;

    private final TokenSignatures signatures;
    private final TokenRules rules;
    private final Directory directory;
    private final Clock clock;

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
        Instant now = clock.instant();
        Refusal complaint = rules.complaint(claims, now);
        if (rules.expired(claims, now)) {
            return complaint == null ? new Expired(TokenRules.INVALID) : new Rejected(TokenRules.INVALID);
        }
        return complaint == null ? known(claims) : new Rejected(complaint);
    }

    private TokenCheck known(JWTClaimsSet claims) {
        Long id = TokenRules.user(claims);
        Person user = id == null ? null : directory.person(id);
        if (user == null) {
            return new Rejected(TokenRules.NO_USER);
        }
        return user.active()
                ? new Accepted(user, claims.getExpirationTime().toInstant())
                : new Rejected(TokenRules.INACTIVE);
    }
}
