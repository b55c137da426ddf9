package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script is read by the shells themselves, beside a function of that name as the page of commands has it. */
class CompletionTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "'camelbell de', dead-letters deliveries",
        "'camelbell deliveries ', list retry cancel",
        "'camelbell deliveries cancel --old', --older-than",
        "'camelbell deliveries list --channel ', EMAIL SYSTEM WHATSAPP",
        "'camelbell deliveries retry --type ticket_a', ticket_approved ticket_assigned",
        "'camelbell dead-letters list --code MA', MALFORMED",
        "'camelbell send ticket_c', ticket_created",
        "'camelbell send ticket_created --prio', --priority",
        "'camelbell send ticket_created --priority C', CRITICAL",
        "'camelbell completion ', bash zsh",
        "'camelbell help tok', token"
    })
    void bash_completes(String typed, String offered) throws Exception {
        assertThat(bash(typed)).containsExactlyInAnyOrder(offered.split(" "));
    }

    @Test
    void bash_completes_the_files_of_a_replay() throws Exception {
        Files.createFile(folder.resolve("users.ndjson"));

        assertThat(bash("camelbell replay --users " + folder + "/us")).containsExactly(folder + "/users.ndjson");
    }

    @Test
    void zsh_completes_what_is_typed_at_its_prompt_by_the_same_script() throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/zsh")) && !Files.isExecutable(Path.of("/bin/zsh"))) {
            assertThat(System.getProperty("browsers", "")).as("no zsh").isNotEqualTo("required");
            assumeTrue(false, "no zsh");
        }
        String typing =
                """
                zmodload zsh/zpty
                zpty shell 'zsh -f -i'
                zpty -w shell 'camelbell() { print "ran: $*." }; autoload -U compinit; compinit -u; source %s; print rea""dy'
                zpty -r shell printed '*ready*'
                zpty -n -w shell $'camelbell comp\tz\t\n'
                zpty -r shell printed '*ran: *.*'
                print -r -- "$printed"
                zpty -d shell
                """
                        .formatted(script("zsh"));

        assertThat(run("zsh", "-f", "-c", typing)).contains("ran: completion zsh.");
    }

    @Test
    void both_shells_are_offered_and_no_other() {
        assertThat(Typed.in("completion", "zsh").out()).contains("bashcompinit");
        assertThat(Typed.in("completion").exitCode()).isEqualTo(2);
        assertThat(Typed.in("completion", "fish").exitCode()).isEqualTo(2);
    }

    /** Asks as bash does when Tab is pressed behind what was typed. */
    private List<String> bash(String typed) throws Exception {
        String words = "(" + typed.replaceAll("(\\S+)", "'$1'") + (typed.endsWith(" ") ? " ''" : "") + ")";
        String ask = "camelbell() { :; }; source " + script("bash") + "\n"
                + "complete -p camelbell >/dev/null || exit 9\n"
                + "COMP_WORDS=" + words + "; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                + "COMP_LINE='" + typed + "'; COMP_POINT=${#COMP_LINE}\n"
                + "compopt() { :; }\n" // it speaks to a completion that is under way, and there is none
                + "function=$(complete -p camelbell | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n"
                + "$function camelbell \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                + "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
        return run("bash", "--norc", "--noprofile", "-c", ask)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private Path script(String shell) throws IOException {
        Typed typed = Typed.in("completion", shell);
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).isEmpty();
        return Files.writeString(folder.resolve("completion." + shell), typed.out());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return printed;
    }
}
