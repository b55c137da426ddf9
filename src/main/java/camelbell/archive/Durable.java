package camelbell.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What is still there when the machine loses its power. */
final class Durable {

    private Durable() {}

    /** Whatever was written to a file, or which names a folder has. */
    static void force(Path path) throws IOException {
        StandardOpenOption way = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel file = FileChannel.open(path, way)) {
            file.force(true);
        }
    }

    /** Gives a file its name, whole or not at all, in place of what had it. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parent(to));
    }

    static Path parent(Path of) {
        return Objects.requireNonNull(of.toAbsolutePath().getParent());
    }
}
