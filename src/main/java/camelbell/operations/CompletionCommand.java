package camelbell.operations;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell needs to complete commands, options, and types and channels of the policy table. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which a shell completes commands, options and their values.",
            "The shell knows the command as camelbell, so make it a function of that name first, such as",
            "  camelbell() { java -jar /opt/camelbell/camelbell.jar \"$@\"; }"
        },
        footer = {"  eval \"$(camelbell completion bash)\"", "  eval \"$(camelbell completion zsh)\""},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "bash|zsh")
final class CompletionCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "bash",
            description = "Prints the script for bash.",
            footer = "  eval \"$(camelbell completion bash)\"",
            mixinStandardHelpOptions = true)
    int bash() {
        return print();
    }

    @Command(
            name = "zsh",
            description = "Prints the script for zsh, which takes it by its bashcompinit.",
            footer = "  eval \"$(camelbell completion zsh)\"",
            mixinStandardHelpOptions = true)
    int zsh() {
        return print();
    }

    /** It is the same for both: what it loads first, it asks the shell. */
    private int print() {
        CommandSpec root = spec.root();
        spec.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
        return ExitCode.DONE;
    }
}
