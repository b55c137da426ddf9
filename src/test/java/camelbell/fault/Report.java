package camelbell.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of faults, on the console and in target/faults/report.md, which grows with every line. */
final class Report {

    private static final Path FILE = Path.of("target/faults/report.md");
    private static final List<String> LINES = new ArrayList<>(List.of(
            "| fault | runs | events | lost | duplicates EMAIL | WHATSAPP | SYSTEM | remarks | seed |",
            "|---|---|---|---|---|---|---|---|---|"));

    private Report() {}

    static synchronized void add(String fault, int runs, Audit audit, String remarks) {
        LINES.add(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %s | %d |",
                fault,
                runs,
                audit.events(),
                audit.lost(),
                audit.duplicates("EMAIL"),
                audit.duplicates("WHATSAPP"),
                audit.duplicates("SYSTEM"),
                remarks,
                Seed.value()));
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.write(FILE, LINES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(LINES.get(LINES.size() - 1));
    }

    /** All lines so far. */
    static synchronized void print() {
        System.out.println("\n" + String.join("\n", LINES) + "\n");
    }
}
