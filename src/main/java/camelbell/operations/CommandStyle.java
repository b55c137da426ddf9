package camelbell.operations;

import java.util.Map;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What every command has alike, those to come too: its help ends with the exit codes and with examples, which are the
 * command's {@code footer}; one that names no exit codes has the three that any may end with.
 */
final class CommandStyle {

    static final String EXAMPLES = "%nExamples:%n";

    private static final Map<String, String> USUAL =
            UsageMessageSpec.keyValuesMap(ExitCode.DONE_IS, ExitCode.FAILED_IS, ExitCode.NOT_UNDERSTOOD_IS);

    private CommandStyle() {}

    /** Of the command and of all below it. */
    static void apply(CommandSpec command, IVersionProvider version) {
        UsageMessageSpec usage = command.usageMessage();
        usage.footerHeading(EXAMPLES).exitCodeListHeading(ExitCode.HEADING);
        if (usage.exitCodeList().isEmpty()) {
            usage.exitCodeList(USUAL);
        }
        command.versionProvider(version);
        command.subcommands().values().forEach(below -> apply(below.getCommandSpec(), version));
    }
}
