package camelbell.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private final TokenSigner signer;

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

    TokenCommand(TokenSigner signer) {
        this.signer = signer;
    }

    @Override
    public Integer call() {
        List<String> secrets = Settings.load().jwtSecrets();
        if (secrets.isEmpty()) {
            throw new CommandFailedException("camelbell.jwt.secrets is empty: set CAMELBELL_JWT_SECRETS to the hub's"
                    + " value; tokens of a hub with a JWKS URI come from its issuer.");
        }
        try {
            spec.commandLine().getOut().println(signer.sign(secrets.get(0), user, Instant.now(), ttl));
            return 0;
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("camelbell.jwt.secrets: " + e.getMessage(), e);
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
