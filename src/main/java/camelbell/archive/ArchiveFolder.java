package camelbell.archive;

import camelbell.store.AgedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of the files. It is never made: one that is missing is a disk that is not mounted. */
final class ArchiveFolder {

    private static final String KEY = "camelbell.retention.archive";

    /** How names end of files whose rows have not left. */
    static final String UNFINISHED = ".tmp";

    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    private final Path root;

    /** Errors: ArchiveFault where the text is no path. */
    ArchiveFolder(String folder) {
        try {
            this.root = Path.of(folder);
        } catch (InvalidPathException e) {
            throw new ArchiveFault(KEY + " is no path: " + e.getReason() + ".", e);
        }
    }

    /** That of the configuration. Errors: ArchiveFault where there is none, or it is not there. */
    static ArchiveFolder configured(AgedRows aged) {
        if (aged.folder().isEmpty()) {
            throw new ArchiveFault(KEY + " names no folder: nothing is archived.");
        }
        ArchiveFolder folder = new ArchiveFolder(aged.folder());
        folder.present();
        return folder;
    }

    /** The months that have a folder. */
    List<YearMonth> months() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> MONTH.matcher(name).matches())
                    .map(YearMonth::parse)
                    .toList();
        } catch (IOException e) {
            throw fault("The folder " + root + " cannot be read", e);
        }
    }

    Path of(String file) {
        return root.resolve(file);
    }

    /** Where a file lies, whichever of its names it has. */
    Path where(ArchivedFile file) {
        Path named = of(file.file());
        return Files.exists(named) ? named : of(file.begun());
    }

    Path of(YearMonth month) {
        return root.resolve(month.toString());
    }

    void present() {
        if (!Files.isDirectory(root)) {
            throw new ArchiveFault("The folder " + root + " of " + KEY
                    + " is not there: nothing is archived, and nothing leaves its" + " table. Mount it, or make it.");
        }
    }

    /** Makes a month's folder ready for files of this hub. */
    void ready(YearMonth month, String hub) {
        present();
        Path folder = of(month);
        try {
            Files.createDirectories(folder);
            Durable.force(root);
        } catch (IOException e) {
            throw fault("The folder " + folder + " cannot be made", e);
        }
        if (manifest(month, hub) == null) {
            note(month, hub, List.of()); // so that another hub sees whose it is from the beginning
        }
    }

    /** Removes what somebody began in a month's folder and did not end; whose turn it is does so. */
    void sweep(YearMonth month, List<ArchivedFile> known, String own) {
        Set<Path> begun = known.stream()
                .filter(file -> file.dropped() == null)
                .map(file -> of(file.begun()))
                .collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(of(month), "*" + UNFINISHED)) {
            for (Path file : files) {
                if (!begun.contains(file) && !file.equals(of(own))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw fault("The folder " + of(month) + " cannot be read", e);
        }
    }

    /** A month's manifest. Errors: ArchiveFault where it is another hub's, or none. */
    @Nullable
    Manifest manifest(YearMonth month, String hub) {
        Path file = of(month).resolve(Manifest.NAME);
        Manifest manifest;
        try {
            manifest = Manifest.read(of(month));
        } catch (IOException e) {
            throw new ArchiveFault(
                    file + " cannot be read as a manifest: look what has happened to it. It is written anew when it"
                            + " is not there.",
                    e);
        }
        if (manifest != null && (manifest.files() == null || manifest.hub() == null)) {
            throw new ArchiveFault(
                    file + " is no manifest: look what has happened to it. It is written anew when it is not there.");
        }
        if (manifest != null && !Manifest.FORMAT.equals(manifest.format())) {
            throw new ArchiveFault(
                    file + " is of the format " + manifest.format() + ", and this hub writes " + Manifest.FORMAT + ".");
        }
        if (manifest != null && !hub.equals(manifest.hub())) {
            throw new ArchiveFault(file + " is of the hub " + manifest.hub() + ", and this database is of the hub "
                    + hub + ": every hub needs a folder of its own.");
        }
        return manifest;
    }

    /** Notes what is finished of a month in its manifest, beside what it says already. */
    void note(YearMonth month, String hub, List<ArchivedFile> finished) {
        Map<String, Manifest.Entry> files = new TreeMap<>();
        Manifest before = manifest(month, hub);
        if (before != null) {
            before.files().forEach(entry -> files.put(entry.file(), entry));
        }
        finished.stream().map(Manifest.Entry::of).forEach(entry -> files.put(entry.file(), entry));
        try {
            new Manifest(Manifest.FORMAT, hub, month.toString(), List.copyOf(files.values())).write(of(month));
        } catch (IOException e) {
            throw fault(of(month).resolve(Manifest.NAME) + " cannot be written", e);
        }
    }

    /** A sentence with what the system said of it. */
    static ArchiveFault fault(String what, Exception why) {
        return new ArchiveFault(what + ": " + reason(why) + ".", why);
    }

    static String reason(Exception why) {
        Throwable of = why instanceof UncheckedIOException && why.getCause() != null ? why.getCause() : why;
        if (of instanceof FileSystemException file) {
            return file.getReason() != null
                    ? file.getReason()
                    : file.getClass().getSimpleName().replace("Exception", "") + " " + file.getFile();
        }
        return of.getMessage() == null ? of.getClass().getSimpleName() : of.getMessage();
    }
}
