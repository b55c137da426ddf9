package camelbell.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one file from its first byte to its last, and compares what it finds with what was written. */
final class ReadBack implements Closeable {

    private static final int LINES = 2_000;

    private final FileContent was;
    private final LineReader lines;
    private @Nullable FileContent found;

    ReadBack(FileContent was, Path path) throws IOException {
        this.was = was;
        this.lines = new LineReader(path);
    }

    /** Some more of it; false at the end. */
    boolean page() throws IOException {
        if (lines.pass(LINES)) {
            return true;
        }
        found = lines.end();
        return false;
    }

    /** All of it at once; answers how many lines there were. */
    long all() throws IOException {
        boolean more = true;
        while (more) {
            more = page();
        }
        return found == null ? 0 : found.rows();
    }

    /** Whether the end has been reached. */
    boolean done() {
        return found != null;
    }

    /** What is wrong with it, as the end of a sentence; null where nothing is. */
    @Nullable
    String wrong() {
        if (found == null || found.equals(was)) {
            return null;
        }
        return found.rows() != was.rows() || found.bytes() != was.bytes()
                ? "has " + found.rows() + " rows in " + found.bytes() + " bytes, and " + was.rows() + " in "
                        + was.bytes() + " were written"
                : "has the SHA-256 " + found.sha256() + ", and " + was.sha256() + " was written";
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
