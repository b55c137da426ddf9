package camelbell.operations;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code token}: an access token as the incident-management backend signs them. */
@Command(
        name = "token",
        description = "Prints an access token for development, signed with the first of camelbell.jwt.secrets.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    @Option(names = "--user", paramLabel = "ID", required = true, description = "The user's id in the directory.")
    private long user;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = Ttl.class,
            defaultValue = "1h",
            description = "How long it is good for, such as 90s, 15m, 1h, 30d. Default: ${DEFAULT-VALUE}.")
    private Duration ttl = Duration.ofHours(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> secrets = Settings.load().jwtSecrets();
        if (secrets.isEmpty()) {
            throw new CommandFailedException("camelbell.jwt.secrets is empty: set CAMELBELL_JWT_SECRETS to the hub's"
                    + " value; tokens of a hub with a JWKS URI come from its issuer.");
        }
        spec.commandLine().getOut().println(token(secrets.get(0)));
        return 0;
    }

    private String token(String secret) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim("token_type", "access")
                .claim("user_id", user)
                .jwtID(UUID.randomUUID().toString().replace("-", ""))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ttl)))
                .build();
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new CommandFailedException("camelbell.jwt.secrets cannot sign a token: " + e.getMessage(), e);
        }
    }

    /** Reads a duration as Spring does. */
    static final class Ttl implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            try {
                Duration duration = DurationStyle.detectAndParse(value);
                if (!duration.isNegative() && !duration.isZero()) {
                    return duration;
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "' is not a duration: write 90s, 15m, 1h or 30d");
            }
            throw new TypeConversionException("'" + value + "' is not in the future");
        }
    }
}
