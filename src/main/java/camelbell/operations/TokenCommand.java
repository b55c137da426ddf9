package camelbell.operations;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token}: an access token as the incident-management backend signs them. */
@Command(
        name = "token",
        description = "Prints an access token for development, signed with the first of camelbell.jwt.secrets.",
        footer = {
            "",
            "Whether the directory knows the user is looked up where the database answers, and only warned of."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.DONE_IS, ExitCode.FAILED_IS, ExitCode.NOT_UNDERSTOOD_IS},
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TokenCommand(TokenSigner signer) {
        this.signer = signer;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.load();
        spec.commandLine().getOut().println(AccessTokens.of(settings, signer).sign(user, ttl));
        String doubt = AccessTokens.doubt(settings, user);
        if (!doubt.isEmpty()) {
            spec.commandLine().getErr().println(doubt);
        }
        return ExitCode.DONE;
    }
}
