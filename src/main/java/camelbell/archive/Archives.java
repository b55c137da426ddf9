package camelbell.archive;

import camelbell.store.AgedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators ask of the files: which there are, and whether each still is what was written. */
public final class Archives {

    private final ArchiveFolder folder;
    private final ArchiveRows rows;

    /** Errors: ArchiveFault where no folder is configured, or it is not there. */
    public Archives(JdbcClient jdbc, AgedRows aged) {
        this.folder = ArchiveFolder.configured(aged);
        this.rows = new ArchiveRows(jdbc);
    }

    /** All files, by month. */
    public static List<ArchivedFile> list(JdbcClient jdbc) {
        return new ArchiveRows(jdbc).all();
    }

    /**
     * What one file, or one month's folder, is found to be.
     *
     * @param file below the folder
     * @param rows lines that were read; 0 where it could not be
     * @param wrong what is wrong, as the end of a sentence; null where nothing is
     */
    public record Checked(String file, long rows, @Nullable String wrong) {}

    /** Reads every file of the month, of all months where it is null, and tells of each as soon as it is known. */
    public void verify(@Nullable YearMonth month, Consumer<Checked> told) {
        String hub = rows.hub();
        Map<YearMonth, List<ArchivedFile>> known = rows.all().stream()
                .filter(file -> file.dropped() != null)
                .collect(Collectors.groupingBy(ArchivedFile::month));
        Set<YearMonth> months = new TreeSet<>(known.keySet());
        months.addAll(folder.months());
        for (YearMonth one : months) {
            if (month == null || month.equals(one)) {
                verify(one, known.getOrDefault(one, List.of()), hub, told);
            }
        }
    }

    private void verify(YearMonth month, List<ArchivedFile> known, String hub, Consumer<Checked> told) {
        String manifest = month + "/" + Manifest.NAME;
        Map<String, Manifest.Entry> entries = Map.of();
        boolean listed = false;
        try {
            Manifest found = folder.manifest(month, hub);
            if (found != null) {
                listed = true;
                entries = found.files().stream()
                        .collect(Collectors.toMap(
                                entry -> month + "/" + entry.file(), entry -> entry, (one, other) -> one));
            } else if (!known.isEmpty()) {
                told.accept(new Checked(manifest, 0, "is not there"));
            }
        } catch (ArchiveFault e) {
            told.accept(new Checked(manifest, 0, e.sentence()));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (ArchivedFile file : known) {
            seen.add(file.file());
            Manifest.Entry entry = entries.get(file.file());
            if (listed && entry == null) {
                told.accept(new Checked(file.file(), 0, "is not in the manifest"));
            } else if (entry != null && !entry.equals(Manifest.Entry.of(file))) {
                told.accept(new Checked(file.file(), 0, "is another one in the manifest than in the database"));
            } else {
                told.accept(checked(file.file(), FileContent.of(file)));
            }
        }
        entries.forEach((name, entry) -> {
            if (!seen.contains(name)) {
                told.accept(checked(name, new FileContent(entry.rows(), entry.bytes(), entry.sha256())));
            }
        });
    }

    private Checked checked(String name, FileContent was) {
        Path path = folder.of(name);
        if (!Files.exists(path)) {
            return new Checked(name, 0, "is not there; it had " + was.rows() + " rows");
        }
        try (ReadBack whole = new ReadBack(was, path)) {
            long rows = whole.all();
            return new Checked(name, rows, whole.wrong());
        } catch (IOException e) {
            return new Checked(name, 0, "cannot be read: " + ArchiveFolder.reason(e));
        }
    }
}
