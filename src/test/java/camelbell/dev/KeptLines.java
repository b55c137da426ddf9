package camelbell.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest lines of a file, so that they outlive the process; without a file it keeps none. */
public final class KeptLines {

    private final @Nullable Path file;
    private final int keep;
    private int lines;

    /**
     * Begins with what the file holds.
     *
     * @param file null: none is written
     * @param keep so many lines at least, at most twice as many
     */
    public KeptLines(@Nullable Path file, int keep) {
        this.file = file;
        this.keep = keep;
    }

    /** What an earlier process kept, the oldest first. */
    public synchronized List<String> load() {
        if (file == null || !Files.exists(file)) {
            return List.of();
        }
        try {
            List<String> all = Files.readAllLines(file, UTF_8);
            List<String> newest = all.subList(Math.max(0, all.size() - keep), all.size());
            lines = newest.size();
            write(newest);
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Twice as many lines are written before the older half goes. */
    public synchronized void add(String line) {
        if (file == null) {
            return;
        }
        try {
            if (lines >= 2 * keep) {
                var unused = load();
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    synchronized void clear() {
        try {
            lines = 0;
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    private void write(List<String> all) throws IOException {
        if (file != null) {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.write(whole, all, UTF_8);
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
