package camelbell.operations;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code listen}: what a frontend's WebSocket sees. */
@Command(
        name = "listen",
        description =
                "Opens the WebSocket of one person and prints each frame, which is JSON, one a line, until Ctrl-C.",
        footer = {
            "  camelbell listen --user 1",
            "  camelbell listen --user 1 --frames 1",
            "  camelbell listen --token $TOKEN --url wss://example.org/ws/notifications/"
        },
        mixinStandardHelpOptions = true)
final class ListenCommand implements Callable<Integer> {

    private static final Duration TOKEN_LIVES = Duration.ofHours(12);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TokenSigner signer;

    @ArgGroup(multiplicity = "1")
    private Who who = new Who();

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = Address.class,
            description = "Such as wss://notify.example.org/ws/notifications/. By default the hub of this machine.")
    private @Nullable URI url;

    @Option(names = "--frames", paramLabel = "N", description = "Ends after so many frames, the greeting included.")
    private int frames = Integer.MAX_VALUE; // more than anybody waits for

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ListenCommand(TokenSigner signer) {
        this.signer = signer;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (frames < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--frames': '" + frames + "' is less than 1");
        }
        Settings settings = Settings.load();
        String token = who.token != null
                ? who.token
                : AccessTokens.of(settings, signer).sign(who.user == null ? 0 : who.user, TOKEN_LIVES);
        URI address = url == null
                ? URI.create("ws://localhost:" + settings.text("camelbell.http.port") + "/ws/notifications/")
                : url;
        PrintedFrames printed = new PrintedFrames();
        WebSocket socket = open(address, token, printed);
        try {
            String end = printed.print(spec.commandLine().getOut(), frames);
            if (!end.isEmpty()) {
                throw new CommandFailedException(end);
            }
            return ExitCode.DONE;
        } finally {
            socket.abort();
        }
    }

    private WebSocket open(URI address, String token, PrintedFrames printed) {
        try {
            return HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(address, printed)
                    .join();
        } catch (IllegalArgumentException e) {
            throw unusable(e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException unusable) {
                throw unusable(unusable);
            }
            throw e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused(address, refused.getResponse().statusCode())
                    : new CommandFailedException(
                            "No WebSocket at " + address + ": "
                                    + CommandFailedException.reason(e.getCause() == null ? e : e.getCause())
                                    + ". Does the hub run, and is this its port?",
                            e);
        }
    }

    /** The library's words might quote the token. */
    private static CommandFailedException unusable(IllegalArgumentException e) {
        boolean url = e.getMessage() != null && e.getMessage().contains("URI");
        return new CommandFailedException(
                ExitCode.NOT_UNDERSTOOD,
                url ? "--url is no address of a WebSocket: it begins with ws:// or wss://." : "--token is no token.");
    }

    private static CommandFailedException refused(URI address, int status) {
        return new CommandFailedException("The hub at " + address + " refuses the WebSocket with " + status
                + (status == 401 ? ": the token is not good, or its user is not active in the directory." : "."));
    }

    /** What is no URI at all; picocli's own words name classes of Java. */
    private static final class Address implements ITypeConverter<URI> {

        @Override
        public URI convert(String value) {
            try {
                return new URI(value);
            } catch (URISyntaxException e) {
                throw new TypeConversionException(
                        "'" + value + "' is no address: write one such as wss://notify.example.org/ws/notifications/");
            }
        }
    }

    private static final class Who {

        @Option(
                names = "--user",
                paramLabel = "ID",
                converter = UserId.class,
                description = "Whose, with a token such as the command token makes.")
        private @Nullable Long user;

        @Option(names = "--token", paramLabel = "TOKEN", description = "Whose, by an access token that you have.")
        private @Nullable String token;
    }
}
