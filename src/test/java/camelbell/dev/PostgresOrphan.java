package camelbell.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sees to it that a PostgreSQL never outlives the JVM that started it, even when that JVM was killed. */
final class PostgresOrphan {

    private PostgresOrphan() {}

    /** Stops the server that an earlier JVM left behind in this directory, if there is one. */
    static void stop(Path directory) throws IOException {
        Optional<ProcessHandle> orphan = postmaster(directory);
        if (orphan.isEmpty()) {
            return;
        }
        new ProcessBuilder("kill", "-INT", String.valueOf(orphan.get().pid())).start();
        try {
            orphan.get().onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "The PostgreSQL of an earlier run, process " + orphan.get().pid()
                            + ", does not stop within 20 s: end it, then start again",
                    e);
        }
    }

    /** Stops the server when this JVM has ended. */
    static void guard(Path directory) throws IOException {
        Optional<ProcessHandle> server = postmaster(directory);
        if (server.isPresent()) {
            Guard.over(
                    server.get(),
                    "[ \"$(head -n 1 \"$1\" 2>/dev/null)\" = \"$2\" ] && kill -INT \"$2\"",
                    pidFile(directory).toString(),
                    String.valueOf(server.get().pid()));
        }
    }

    private static Optional<ProcessHandle> postmaster(Path directory) throws IOException {
        if (!Files.exists(pidFile(directory))) {
            return Optional.empty();
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile(directory)).get(0).strip());
        return ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains("postgres"));
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("postmaster.pid").toAbsolutePath();
    }
}
