package camelbell.archive;

import camelbell.store.AgedRows;
import camelbell.store.AgedRows.Removal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of one file out of their table, from its first line to its last. */
final class FileDrop implements Closeable {

    private final AgedRows aged;
    private final ArchivedFile file;
    private final LineReader lines;

    private @Nullable Long firstLeft;
    private long stayed;
    private boolean busy;
    private boolean ended;

    FileDrop(AgedRows aged, ArchivedFile file, Path path) throws IOException {
        this.aged = aged;
        this.file = file;
        this.lines = new LineReader(path);
    }

    /** Some more of them, in the caller's transaction; false where there are no more. */
    boolean page() throws IOException {
        List<String> page = lines.next(aged.batch(file.kind()));
        if (page.isEmpty()) {
            ended = true;
            return false;
        }
        Removal removal = aged.remove(file.kind(), file.id(), page);
        busy |= removal.busy();
        stayed += removal.present().size();
        for (long number : removal.present()) {
            firstLeft = firstLeft == null ? number : Math.min(firstLeft, number);
        }
        return true;
    }

    /** All have left that may: none is only held by somebody, and the end has been reached. */
    boolean done() {
        return ended && !busy;
    }

    /** Number of the first row that is in the table all the same, since it has changed; null: there is none. */
    @Nullable
    Long firstLeft() {
        return firstLeft;
    }

    /** How many are. */
    long stayed() {
        return stayed;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
