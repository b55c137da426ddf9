package camelbell.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token}: an access token as the incident-management backend signs them. */
@Command(
        name = "token",
        description = {
            "Prints an access token for development, signed with the first of camelbell.jwt.secrets.",
            "Whether the directory knows the user is looked up where the database answers, and only warned of."
        },
        footer = {
            "  camelbell token --user 1",
            "  TOKEN=$(camelbell token --user 1)",
            "  camelbell token --user 1 --ttl 30d --json"
        },
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private final TokenSigner signer;

    @Option(
            names = "--user",
            paramLabel = "ID",
            required = true,
            converter = UserId.class,
            description = "The user's id in the directory.")
    private long user;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = Span.class,
            defaultValue = "1h",
            description = "How long it is good for, such as 90s, 15m, 1h, 30d. Default: ${DEFAULT-VALUE}.")
    private Duration ttl = Duration.ofHours(1);

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TokenCommand(TokenSigner signer) {
        this.signer = signer;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.load();
        AccessTokens tokens = AccessTokens.of(settings, signer);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String token = tokens.sign(user, now, ttl);
        json.println(spec.commandLine().getOut(), new Printed(token, user, now.plus(ttl)), token);
        String doubt = AccessTokens.doubt(settings, user);
        if (!doubt.isEmpty()) {
            spec.commandLine().getErr().println(doubt);
        }
        return ExitCode.DONE;
    }

    /** What {@code --json} says. */
    private record Printed(String token, long user, Instant expiresAt) {

        /** The token must not get into a log by way of the record. */
        @Override
        public String toString() {
            return "Printed[user=" + user + "]";
        }
    }
}
