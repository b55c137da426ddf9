package camelbell.operations;

import camelbell.model.Operators;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The commands of the jar, without a Spring context: they read the hub's configuration and nothing else of it.
 * Each ends with an {@link ExitCode}, and with one sentence on stderr unless that is 0.
 */
@Command(
        name = "camelbell",
        description = {
            "Ticket notification hub. Without a command it runs the hub.",
            "",
            "The configuration is the hub's own: environment variables such as CAMELBELL_KAFKA_BROKERS, or an application.yaml"
                    + " in the working directory."
        },
        footer = {
            "  camelbell send ticket_created --creator 3",
            "  camelbell deliveries list --channel EMAIL --json",
            "  camelbell help dead-letters"
        },
        exitCodeList = {
            ExitCode.DONE_IS,
            ExitCode.FAILED_IS,
            ExitCode.NOT_UNDERSTOOD_IS,
            ExitCode.REFUSED_IS,
            ExitCode.NOBODY_TOLD_IS,
            ExitCode.NO_WORD_IS
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]")
public final class Commands {

    private final TokenSigner signer;
    private final StatusWriter statuses;
    private final Supplier<FolderCheck> check;
    private final Supplier<Operators> operators;

    /**
     * @param check made when a command checks a folder; to make one takes as long as to check
     * @param operators those of conditions, made when a command weighs one
     */
    public Commands(
            TokenSigner signer, StatusWriter statuses, Supplier<FolderCheck> check, Supplier<Operators> operators) {
        this.check = check;
        this.signer = signer;
        this.statuses = statuses;
        this.operators = operators;
    }

    /** True when the arguments are a command's, and not settings for the hub such as {@code --server.port=9001}. */
    public boolean understand(String... args) {
        return args.length > 0
                && (!args[0].startsWith("-") || commandLine().getCommandSpec().findOption(args[0]) != null);
    }

    /** Runs a command as the whole work of this JVM: libraries keep silent, so that only the command speaks. */
    public int run(String... args) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.reset();
        }
        return execute(args);
    }

    int execute(String... args) {
        CommandLine command = commandLine();
        int exitCode = command.setParameterExceptionHandler(Commands::notUnderstood)
                .setExecutionExceptionHandler(Commands::failed)
                .execute(args);
        if (exitCode == ExitCode.DONE && Output.broken(command.getOut())) {
            command.getErr().println("The output is not complete: whoever reads it has left, or its disk is full.");
            return ExitCode.FAILED;
        }
        return exitCode;
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(this)
                .addSubcommand(new ArchiveCommand())
                .addSubcommand(new CapacityCommand())
                .addSubcommand(new CheckCommand(check))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new DeadLettersCommand())
                .addSubcommand(new DeliveriesCommand(statuses))
                .addSubcommand("help", help())
                .addSubcommand(new ListenCommand(signer))
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new SendCommand())
                .addSubcommand(new SimulateCommand(operators, DesktopBrowser::show))
                .addSubcommand(new TokenCommand(signer));
        CommandStyle.apply(line.getCommandSpec(), new VersionProvider());
        return line;
    }

    private static CommandSpec help() {
        CommandSpec help = CommandSpec.forAnnotatedObject(new CommandLine.HelpCommand());
        help.usageMessage()
                .header(new String[0])
                .description("Prints the help of a command, or the list of commands.")
                .footer("  camelbell help", "  camelbell help send");
        return help;
    }

    private static int notUnderstood(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(plain(String.valueOf(e.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.NOT_UNDERSTOOD;
    }

    /** Without what picocli says in Java's words, or twice. */
    private static String plain(String sentence) {
        return sentence.replaceFirst("^Error: ", "")
                .replace("option option", "option")
                .replaceFirst(" is not an? (long|int)$", " is no whole number");
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        command.getOut().flush();
        if (e instanceof CommandFailedException told) {
            command.getErr().println(told.getMessage());
            return told.exitCode();
        }
        command.getErr()
                .println("Unexpected, please report it: " + e.getClass().getName() + ": "
                        + CommandFailedException.reason(e));
        return ExitCode.FAILED;
    }

    /** The version that the jar's manifest names. */
    static final class VersionProvider implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"camelbell " + (version == null ? "(not packaged)" : version)};
        }
    }
}
