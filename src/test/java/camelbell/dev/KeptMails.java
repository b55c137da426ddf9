package camelbell.dev;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mails as files, one each, so that they outlive the process; without a folder it keeps none. */
final class KeptMails {

    private final @Nullable Path folder;
    private long next;

    KeptMails(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What an earlier process kept, the oldest first. A file that is no mail is left out. */
    synchronized List<MimeMessage> load() {
        List<MimeMessage> mails = new ArrayList<>();
        for (Path file : files()) {
            try (InputStream in = Files.newInputStream(file)) {
                mails.add(new MimeMessage(Session.getInstance(new Properties()), in));
                next = Long.parseLong(file.getFileName().toString().replace(".eml", "")) + 1;
            } catch (IOException | MessagingException e) {
                System.err.println("The mail " + file + " cannot be read: " + e.getMessage());
            }
        }
        return mails;
    }

    synchronized void add(MimeMessage mail) throws IOException, MessagingException {
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        // whole or not at all: the process may be killed meanwhile
        Path writing = folder.resolve("writing");
        try (OutputStream out = Files.newOutputStream(writing)) {
            mail.writeTo(out);
        }
        Files.move(writing, folder.resolve("%012d.eml".formatted(next++)));
    }

    /** Leaves the newest ones. */
    synchronized void trim(int keep) {
        List<Path> files = files();
        files.subList(0, Math.max(0, files.size() - keep)).forEach(KeptMails::delete);
    }

    private List<Path> files() {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{12}\\.eml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the mails in " + folder, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the mail " + file, e);
        }
    }
}
