package camelbell.archive;

import camelbell.store.AgedRow;
import camelbell.store.AgedRow.RowPlace;
import camelbell.store.AgedRows;
import camelbell.store.RowKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the oldest month of one kind of which something may leave. Goes through the table in the order of its numbers, which
 * is that of time but for transactions that ran at once, and ends at the first page of which everything is younger; what it has
 * passed over by then has a file of its own later.
 */
final class MonthWriter implements Closeable {

    private final AgedRows aged;
    private final ArchiveRows rows;
    private final ArchiveFolder folder;
    private final RowKind kind;
    private final YearMonth firstKept;
    private final String holder;

    private RowPlace place = RowPlace.from(0);
    private boolean placed;
    private long walkFrom = Long.MAX_VALUE;
    private boolean ended;
    private boolean kept;
    private @Nullable Month month;

    /**
     * @param firstKept of this month, and of those behind it, nothing leaves yet
     * @param holder stands in the name of what is not whole yet, so that nobody else writes into it
     */
    MonthWriter(
            AgedRows aged, ArchiveRows rows, ArchiveFolder folder, RowKind kind, YearMonth firstKept, String holder) {
        this.aged = aged;
        this.rows = rows;
        this.folder = folder;
        this.kind = kind;
        this.firstKept = firstKept;
        this.holder = holder;
    }

    private record Month(YearMonth month, int part, String begun, LineWriter lines) {}

    /** Looks at one page more, in the caller's transaction; false where it was the last one. */
    boolean page() throws IOException {
        if (!placed) {
            place = RowPlace.from(rows.walkFrom(kind));
            placed = true;
        }
        List<AgedRow> page = aged.page(kind, place, firstKept);
        Month now = month == null ? begun(page) : month;
        for (AgedRow row : page) {
            if (now != null && leaves(row) && AgedRows.monthOf(row.time()).equals(now.month)) {
                now.lines.line(row.line());
            } else {
                walkFrom = Math.min(walkFrom, row.place().number());
            }
            place = row.place();
        }
        YearMonth end = now == null ? firstKept : now.month.plusMonths(1);
        boolean more = page.size() == aged.batch(kind)
                && (kind == RowKind.ATTEMPTS
                        || page.stream()
                                .anyMatch(row -> AgedRows.monthOf(row.time()).isBefore(end)));
        ended = !more;
        return more;
    }

    private boolean leaves(AgedRow row) {
        return row.done() && AgedRows.monthOf(row.time()).isBefore(firstKept);
    }

    private @Nullable Month begun(List<AgedRow> page) throws IOException {
        Optional<YearMonth> oldest = page.stream()
                .filter(this::leaves)
                .map(row -> AgedRows.monthOf(row.time()))
                .min(YearMonth::compareTo);
        if (oldest.isEmpty()) {
            return null;
        }
        folder.ready(oldest.get(), rows.hub());
        int part = rows.nextPart(kind, oldest.get());
        while (Files.exists(folder.of(ArchivedFile.name(oldest.get(), kind, part)))) {
            part++; // of a database that has been brought back from a backup since
        }
        String begun = ArchivedFile.name(oldest.get(), kind, part) + "." + holder + ArchiveFolder.UNFINISHED;
        folder.sweep(oldest.get(), rows.of(oldest.get()), begun);
        month = new Month(oldest.get(), part, begun, new LineWriter(folder.of(begun)));
        return month;
    }

    /** Ends the file, when it is whole; none where there was nothing, or {@link #page} has not come to the end. */
    Optional<FileContent> finish() throws IOException {
        if (month == null || !ended) {
            return Optional.empty();
        }
        return Optional.of(month.lines.finish());
    }

    /** Notes it, in the caller's transaction; from then on it stays. */
    Optional<ArchivedFile> note(FileContent file) {
        Month of = Objects.requireNonNull(month);
        rows.written(
                kind, of.month, of.part, of.begun, file, walkFrom == Long.MAX_VALUE ? place.number() + 1 : walkFrom);
        return rows.unfinished(kind);
    }

    /** So that {@link #close} leaves it alone. */
    void keep() {
        kept = true;
    }

    /** What is not whole, or not known, frees the disk. */
    @Override
    public void close() throws IOException {
        if (month == null || kept) {
            return;
        }
        try {
            month.lines.close();
        } finally {
            Files.deleteIfExists(folder.of(month.begun));
        }
    }
}
