package camelbell.check;

import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.core.env.PropertyResolver;

/** The check of a hub's own files while the hub starts: by a thread of its own, beside the waiting for broker and database. */
final class RunningCheck {

    /** A folder that answers slower than this does not keep a hub from starting. */
    private static final int LONGEST_SECONDS = 60;

    private final CompletableFuture<List<Finding>> findings = new CompletableFuture<>();

    static RunningCheck begin(String folder, PropertyResolver settings) {
        RunningCheck check = new RunningCheck();
        Thread thread = new Thread(() -> check.run(folder, settings), "check");
        thread.setDaemon(true);
        thread.start();
        return check;
    }

    private void run(String folder, PropertyResolver settings) {
        try {
            findings.complete(Check.folder(folder, settings));
        } catch (Throwable e) { // whatever it is: somebody waits
            // a mistake of the check's own must not keep a hub from starting
            findings.complete(
                    List.of(new Finding(folder, 0, 0, Severity.WARNING, "cannot be checked, please report it: " + e)));
        }
    }

    /** Waits for the end of it. */
    List<Finding> findings() {
        try {
            return findings.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            return List.of(new Finding("the routes folder", 0, 0, Severity.WARNING, "could not be checked in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line for each error; empty when there is none. */
    String errors() {
        return findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::sentence)
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
