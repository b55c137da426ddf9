package camelbell.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes of the PostgreSQL in one data directory, each known by its id. */
record PostgresProcesses(Path directory) {

    /** SIGSTOP: connections stay, nothing answers. */
    void pause() {
        all().forEach(process -> signal("STOP", process));
    }

    void resume() {
        all().forEach(process -> signal("CONT", process));
    }

    /** SIGQUIT, which PostgreSQL calls an immediate shutdown: what a power cut leaves behind, and recovery at the next start. */
    void crash() {
        ProcessHandle server = server();
        signal("QUIT", server);
        server.onExit().join();
    }

    private List<ProcessHandle> all() {
        ProcessHandle server = server();
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    private ProcessHandle server() {
        try {
            long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                    .get(0)
                    .strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run in " + directory, e);
        }
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
