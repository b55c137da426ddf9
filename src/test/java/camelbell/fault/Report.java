package camelbell.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of faults and of attacks, on the console and in target/faults/report.md, which grows with every line. */
final class Report {

    private static final Path FILE = Path.of("target/faults/report.md");
    private static final List<String> FAULTS = new ArrayList<>(List.of(
            "| fault | runs | events | lost | duplicates EMAIL | WHATSAPP | SYSTEM | remarks | seed |",
            "|---|---|---|---|---|---|---|---|---|"));
    private static final List<String> ATTACKS = new ArrayList<>(List.of(
            "| attack | s | REST p50/p99 ms, quiet -> attacked | event to frame p99 ms, quiet -> attacked | recovery s |"
                    + " live heap MiB | log lines / MB | health UP | lost | result | remarks | seed |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|"));

    private Report() {}

    static synchronized void add(String fault, int runs, Audit audit, String remarks) {
        line(
                FAULTS,
                String.format(
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
    }

    static synchronized void attack(String line) {
        line(ATTACKS, line);
    }

    private static void line(List<String> table, String line) {
        table.add(line);
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, tables());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(line);
    }

    private static String tables() {
        StringBuilder all = new StringBuilder();
        for (List<String> table : List.of(FAULTS, ATTACKS)) {
            if (table.size() > 2) {
                all.append(String.join("\n", table)).append("\n\n");
            }
        }
        return all.toString();
    }

    /** All lines so far. */
    static synchronized void print() {
        System.out.println("\n" + tables());
    }
}
