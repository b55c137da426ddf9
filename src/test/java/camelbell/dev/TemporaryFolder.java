package camelbell.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for data that nobody wants to keep. */
final class TemporaryFolder {

    private TemporaryFolder() {}

    static Path create(String name) {
        try {
            return Files.createTempDirectory("camelbell-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a temporary directory for " + name, e);
        }
    }

    /** Deletes the directory with all it holds; no error when it is not there. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            List<Path> deepestFirst;
            try (Stream<Path> all = Files.walk(directory)) {
                deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
