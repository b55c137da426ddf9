package camelbell.operations;

import camelbell.archive.ArchiveFault;
import camelbell.archive.ArchivedFile;
import camelbell.archive.Archives;
import camelbell.archive.Archives.Checked;
import camelbell.archive.Restoration;
import camelbell.store.AgedRows;
import camelbell.store.RowKind;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code archive}: the files that old rows have left for. They lie in the folder that the hub's configuration names. */
@Command(
        name = "archive",
        description = "Lists the files that old rows have left for, reads them, or puts a month back.",
        footer = {"  camelbell archive list", "  camelbell archive verify --month 2026-01"},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|verify|restore")
final class ArchiveCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A month, in UTC, as folders are named. */
    static final class Month implements ITypeConverter<YearMonth> {

        @Override
        public YearMonth convert(String value) {
            try {
                return YearMonth.parse(value);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + value + "' is no month such as 2026-01");
            }
        }
    }

    @Command(
            name = "list",
            description =
                    "Prints the files by month: file, state, rows, bytes; tab-separated. Asks the database alone.",
            footer = {"  camelbell archive list", "  camelbell archive list --json"},
            mixinStandardHelpOptions = true)
    int list(@Mixin JsonOutput json) {
        List<ArchivedFile> files = Database.read(Settings.load(), Archives::list);
        if (files.isEmpty()) {
            spec.commandLine().getErr().println("Nothing has been archived.");
        }
        files.forEach(file -> json.println(
                spec.commandLine().getOut(),
                Listed.of(file),
                "%s\t%s\t%d\t%d".formatted(file.file(), file.state(), file.rows(), file.bytes())));
        return ExitCode.DONE;
    }

    @Command(
            name = "verify",
            description =
                    "Reads every file to its end, and compares it with what was written: file, rows, what is wrong;"
                            + " tab-separated. Exit code 1 where anything is.",
            footer = {"  camelbell archive verify", "  camelbell archive verify --month 2026-01 --json"},
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--month",
                            paramLabel = "MONTH",
                            converter = Month.class,
                            description = "This month alone, in UTC, such as 2026-01.")
                    @Nullable
                    YearMonth month,
            @Mixin JsonOutput json) {
        Settings settings = Settings.load();
        PrintWriter out = spec.commandLine().getOut();
        List<Checked> wrong = new ArrayList<>();
        int[] files = {0};
        asked(() -> Database.inTransactions(settings, (jdbc, transactions) -> {
            new Archives(jdbc, aged(settings, jdbc)).verify(month, one -> {
                files[0]++;
                if (one.wrong() != null) {
                    wrong.add(one);
                }
                json.println(
                        out,
                        one,
                        "%s\t%d\t%s".formatted(one.file(), one.rows(), one.wrong() == null ? "" : one.wrong()));
            });
            return true;
        }));
        if (files[0] == 0) {
            spec.commandLine()
                    .getErr()
                    .println("Nothing has been archived" + (month == null ? "." : " of " + month + "."));
        }
        if (wrong.isEmpty()) {
            return ExitCode.DONE;
        }
        throw new CommandFailedException(
                wrong.size() + " of " + files[0] + " files are not what was written; bring them back from a copy.");
    }

    @Command(
            name = "restore",
            description = {
                "Puts what left of a month back into its tables: people see it again, and it counts again. The files stay.",
                "First keep it for longer (camelbell.retention.notifications, .attempts), or it leaves again at once."
            },
            footer = {"  camelbell archive restore 2026-01", "  camelbell archive restore 2026-01 --json"},
            mixinStandardHelpOptions = true)
    int restore(
            @Parameters(
                            paramLabel = "MONTH",
                            converter = Month.class,
                            description = "The month, in UTC, such as 2026-01.")
                    YearMonth month,
            @Mixin JsonOutput json) {
        Settings settings = Settings.load();
        Map<RowKind, Long> back = asked(() -> Database.inTransactions(settings, (jdbc, transactions) -> {
            Restoration restoration = new Restoration(jdbc, aged(settings, jdbc), transactions);
            note(jdbc, month, 0); // one that is broken off has changed what people see, too
            Map<RowKind, Long> rows = restoration.restore(
                    month, file -> spec.commandLine().getErr().println(file.file() + " is back"));
            note(jdbc, month, rows.values().stream().mapToLong(Long::longValue).sum());
            return rows;
        }));
        Restored restored = new Restored(
                month.toString(),
                back.getOrDefault(RowKind.EVENTS, 0L),
                back.getOrDefault(RowKind.NOTIFICATIONS, 0L),
                back.getOrDefault(RowKind.ATTEMPTS, 0L));
        json.println(
                spec.commandLine().getOut(),
                restored,
                restored.events() + " events, " + restored.notifications() + " notifications and " + restored.attempts()
                        + " attempts are back");
        return ExitCode.DONE;
    }

    private static void note(JdbcClient jdbc, YearMonth month, long count) {
        new Audit(jdbc).note(Database.now(jdbc), Database.who(), "restore", Map.of("month", month.toString()), count);
    }

    private static AgedRows aged(Settings settings, JdbcClient jdbc) {
        return AgedRows.of(jdbc, settings.environment(), Clock.systemUTC());
    }

    private static <T> T asked(Supplier<T> order) {
        try {
            return order.get();
        } catch (ArchiveFault fault) {
            throw new CommandFailedException(fault.sentence(), fault);
        }
    }

    /** What {@code --json} says of a file. */
    private record Listed(
            String file,
            String month,
            String kind,
            int part,
            String state,
            long rows,
            long bytes,
            String sha256,
            Instant writtenAt,
            @Nullable Instant archivedAt,
            @Nullable Instant restoredAt) {

        static Listed of(ArchivedFile file) {
            return new Listed(
                    file.file(),
                    file.month().toString(),
                    file.kind().code(),
                    file.part(),
                    file.state(),
                    file.rows(),
                    file.bytes(),
                    file.sha256(),
                    file.written(),
                    file.dropped(),
                    file.restored());
        }
    }

    /** What {@code --json} says of a restoration. */
    private record Restored(String month, long events, long notifications, long attempts) {}
}
