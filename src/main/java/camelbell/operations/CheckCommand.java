package camelbell.operations;

import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: all that is wrong with a folder of routes and tables, before a hub reads it. */
@Command(
        name = "check",
        description = {
            "Checks routes, policy, retries, words and templates; reaches no broker and no database.",
            "Each finding is a line on stdout, file:line:column: error|warning: what was found."
        },
        footer = {"  camelbell check", "  camelbell check /etc/camelbell/routes", "  camelbell check --json routes"},
        exitCodeList = {
            "0:done; nothing is wrong, or there are warnings alone",
            "1:failed: there are errors, or nothing can be checked",
            ExitCode.NOT_UNDERSTOOD_IS
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    /** A location is a pattern and a URL, too. */
    private static final Pattern UNREADABLE = Pattern.compile("[*?#%{}\\[\\]]");

    private final Supplier<FolderCheck> check;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The folder; without it the one that camelbell.routes names.")
    private @Nullable Path folder;

    @Option(
            names = "--json",
            description = "Prints one JSON object instead: errors, warnings and the list of findings.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckCommand(Supplier<FolderCheck> check) {
        this.check = check;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        FutureTask<FolderCheck> made = new FutureTask<>(check::get); // takes as long as to read the settings
        new Thread(made, "check-made").start();
        Settings settings = Settings.load();
        List<Finding> findings = done(made).check(location(settings), settings.resolver());
        PrintWriter out = spec.commandLine().getOut();
        long errors = count(findings, Severity.ERROR);
        long warnings = count(findings, Severity.WARNING);
        if (json) {
            out.println(new JsonMapper().writeValueAsString(report(findings, errors, warnings)));
        } else {
            findings.forEach(out::println);
        }
        if (!findings.isEmpty()) {
            out.flush();
            spec.commandLine().getErr().println(many(errors, "error") + ", " + many(warnings, "warning"));
        }
        return errors > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static FolderCheck done(FutureTask<FolderCheck> made) {
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String location(Settings settings) {
        if (folder == null) {
            return settings.text("camelbell.routes");
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandFailedException("There is no folder " + folder + ".");
        }
        String path = folder.toAbsolutePath().normalize().toString();
        if (UNREADABLE.matcher(path).find()) {
            throw new CommandFailedException("No hub reads " + path
                    + ": camelbell.routes takes no *, ?, #, %, {, }, [ or ] in a folder's name.");
        }
        return "file:" + path;
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String many(long number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }

    private static Map<String, Object> report(List<Finding> findings, long errors, long warnings) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("errors", errors);
        report.put("warnings", warnings);
        report.put("findings", findings.stream().map(CheckCommand::json).toList());
        return report;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", finding.file());
        json.put("line", finding.line());
        json.put("column", finding.column());
        json.put("severity", finding.severity().word());
        json.put("message", finding.text());
        return json;
    }
}
