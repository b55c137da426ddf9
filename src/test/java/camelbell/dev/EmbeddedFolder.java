package camelbell.dev;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What stays between runs: Kafka's log, PostgreSQL's data and the secret that signs the printed tokens. */
final class EmbeddedFolder {

    private final Path folder;
    private final FileLock lock;

    private EmbeddedFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes the folder for this JVM. Errors: another one has it. */
    static EmbeddedFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new CannotStart("Another camelbell is running on " + folder.toAbsolutePath() + who(folder)
                        + ": stop it with Ctrl-C where it was started, or give this one ports of its own and"
                        + " --data=another-folder.");
            }
            Files.writeString(
                    folder.resolve("pid"),
                    String.valueOf(ProcessHandle.current().pid()));
            return new EmbeddedFolder(folder, lock);
        } catch (IOException e) {
            throw new CannotStart("The folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String who(Path folder) throws IOException {
        Path pid = folder.resolve("pid");
        return Files.exists(pid) ? ", process " + Files.readString(pid).strip() : "";
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path path() {
        return folder;
    }

    Path mailbox() {
        return folder.resolve("mailbox");
    }

    /** What was opened in the playground. */
    Path tickets() {
        return folder.resolve("playground").resolve("tickets.ndjson");
    }

    /** What the WhatsApp double got. */
    Path received() {
        return folder.resolve("whatsapp").resolve("received.ndjson");
    }

    /** From now on all of this JVM's log goes there. To be called before anything has been logged. */
    Path useLog() {
        Path log = folder.resolve("camelbell.log");
        System.setProperty("camelbell.embedded.log", log.toString());
        System.setProperty("logback.configurationFile", "embedded/logback.xml"); // until Spring Boot reads the next one
        System.setProperty("logging.config", "classpath:embedded/logback.xml");
        LoggerFactory.getILoggerFactory(); // here, before two threads need it at once
        System.clearProperty("logback.configurationFile"); // Spring Boot warns of it
        return log;
    }

    void reset() {
        stopOrphans();
        TemporaryFolder.delete(mailbox());
        TemporaryFolder.delete(folder.resolve("whatsapp"));
        TemporaryFolder.delete(folder.resolve("playground"));
        TemporaryFolder.delete(kafka());
        TemporaryFolder.delete(postgres());
        TemporaryFolder.delete(folder.resolve("secret"));
    }

    /** Ends what a run left behind that was killed; the lock says that no run is alive. */
    void stopOrphans() {
        if (!lock.isValid()) {
            throw new IllegalStateException("The lock on " + folder + " is gone");
        }
        try {
            PostgresOrphan.stop(postgres());
        } catch (IOException e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    /** 256 bits of chance, the same ones until the next reset. */
    String secret() {
        Path file = folder.resolve("secret");
        try {
            if (!Files.exists(file)) {
                byte[] bytes = new byte[32];
                new SecureRandom().nextBytes(bytes);
                writePrivately(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the secret in " + file, e);
        }
    }

    /**
     * An argument file, so that {@code java @.embedded/camelbell send …} runs the hub's commands unpackaged, with the
     * settings that the running hub has. Only this user may read it: it holds the secret that signs tokens.
     */
    void writeCommand(Map<String, String> settings) {
        String properties = settings.entrySet().stream()
                .map(one -> quoted("-D" + one.getKey() + "=" + one.getValue()))
                .collect(Collectors.joining("\n"));
        try {
            writePrivately(
                    command(),
                    "-XX:TieredStopAtLevel=1\n-cp\n" + quoted(System.getProperty("java.class.path")) + "\n" + properties
                            + "\n" + EmbeddedCommand.class.getName() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + command(), e);
        }
    }

    Path command() {
        return folder.resolve("camelbell");
    }

    private static void writePrivately(Path path, String text) throws IOException {
        Files.writeString(path, text);
        File file = path.toFile();
        if (!file.setReadable(false, false) || !file.setReadable(true, true)) {
            System.err.println("Others may read " + path + ": this file system knows no owners.");
        }
    }

    /** As Java reads argument files. */
    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
