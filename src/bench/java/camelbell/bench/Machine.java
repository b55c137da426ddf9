package camelbell.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** What figures depend on. */
public final class Machine {

    private Machine() {}

    /** Cores, load, JDK, commit and how the database is unlike a real one, in one line. */
    public static String line() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return "%d cores, load average %.1f, %s %s, JDK %s, commit %s, PostgreSQL without fsync and full_page_writes"
                .formatted(
                        system.getAvailableProcessors(),
                        system.getSystemLoadAverage(),
                        system.getName(),
                        system.getArch(),
                        System.getProperty("java.version"),
                        commit());
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? said : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
