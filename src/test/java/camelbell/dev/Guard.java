package camelbell.dev;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Has something done once this JVM has ended, whatever ended it (POSIX only; elsewhere nothing is done). */
public final class Guard {

    private Guard() {}

    /**
     * Until then a process waits, which ends without a word when the one that it is there for does.
     *
     * @param command of the shell, which finds the arguments in $1, $2 and so on
     */
    public static void over(ProcessHandle guarded, String command, String... arguments) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        List<String> line =
                new ArrayList<>(List.of("sh", "-c", "trap '' INT TERM HUP; cat >/dev/null; " + command, "guard"));
        line.addAll(List.of(arguments));
        Process guard = new ProcessBuilder(line)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        var unused = guarded.onExit().thenRun(() -> {
            guard.descendants().forEach(ProcessHandle::destroyForcibly); // the cat
            guard.destroyForcibly();
        });
    }
}
