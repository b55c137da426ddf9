package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands and subcommands that there are, whichever are added, speak alike and stand on the page of commands. */
class CommandStyleTest {

    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    private static Stream<CommandSpec> commands() {
        return below(Typed.COMMANDS.commandLine().getCommandSpec());
    }

    private static Stream<CommandSpec> below(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(CommandStyleTest::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_says_what_it_does_by_which_options_and_how_it_ends(CommandSpec command) {
        String help = new CommandLine(command).getUsageMessage(Ansi.OFF);

        assertThat(List.of(command.usageMessage().description()))
                .first()
                .asString()
                .endsWith(".");
        assertThat(help).contains("Exit codes:" + System.lineSeparator() + "  0 ", "Examples:", "--help");
        assertThat(command.options()).allSatisfy(option -> assertThat(String.join("", option.description()))
                .as(option.longestName())
                .endsWith("."));
        assertThat(command.positionalParameters())
                .allSatisfy(parameter -> assertThat(String.join("", parameter.description()))
                        .as(parameter.paramLabel())
                        .endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_example_is_a_command_line_of_it_that_is_understood(CommandSpec command) {
        assertThat(examples(command)).isNotEmpty().allSatisfy(example -> {
            assertThat(example).startsWith(command.qualifiedName());
            assertThatCode(() -> Typed.COMMANDS
                            .commandLine()
                            .parseArgs(words(example).skip(1).toArray(String[]::new)))
                    .doesNotThrowAnyException();
        });
    }

    /** Those between $( and ) within other shell words, too. */
    private static List<String> examples(CommandSpec command) {
        return Arrays.stream(command.usageMessage().footer())
                .map(line -> {
                    assertThat(line)
                            .as("as long as picocli leaves whole")
                            .startsWith("  ")
                            .hasSizeLessThan(80);
                    return line.strip().replaceFirst("^.*\\$\\((.*?)\\).*$", "$1");
                })
                .toList();
    }

    private static Stream<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word ->
                        word.group(1) == null ? word.group(2) : word.group(1).replace("\\", ""));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_says_its_version(CommandSpec command) {
        if (command.name().equals("help")) {
            return; // picocli's own, which has no option but --help
        }
        Stream<String> typed = Stream.of((command.qualifiedName() + " --version").split(" "));

        assertThat(Typed.in(typed.skip(1).toArray(String[]::new)).out()).startsWith("camelbell ");
    }

    @Test
    void the_same_thing_has_the_same_name_everywhere() {
        Map<String, String> labels = new TreeMap<>();
        commands()
                .flatMap(command -> command.options().stream())
                .filter(option -> option.arity().max() > 0)
                .forEach(option -> {
                    String label = option.paramLabel();
                    assertThat(labels.merge(option.longestName(), label, (old, now) -> old))
                            .as(option.longestName())
                            .isEqualTo(label);
                });
    }

    /** What lists or reports does; listen prints JSON in any case, completion is read by shells. */
    @Test
    void what_a_script_reads_can_be_had_as_JSON() {
        List<String> without = commands()
                .filter(command -> command.subcommands().isEmpty())
                .filter(command -> command.optionsMap().get("--json") == null)
                .map(CommandSpec::qualifiedName)
                .toList();

        assertThat(without)
                .containsExactlyInAnyOrder(
                        "camelbell completion bash", "camelbell completion zsh", "camelbell help", "camelbell listen");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_reference_has_each_under_its_own_heading_with_its_options(CommandSpec command) throws IOException {
        if (command.parent() == null) {
            return;
        }
        String part = CommandsPage.of(words(command.qualifiedName()).toList().get(1));

        if (command.subcommands().isEmpty() && command.parent().parent() != null) {
            assertThat(part).contains("`" + command.name() + "`");
        }
        assertThat(command.options().stream().map(OptionSpec::longestName))
                .filteredOn(name -> !List.of("--help", "--version").contains(name))
                .allSatisfy(name -> assertThat(part).contains("`" + name));
    }
}
