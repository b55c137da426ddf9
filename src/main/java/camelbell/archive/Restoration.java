package camelbell.archive;

import camelbell.store.AgedRows;
import camelbell.store.RowKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a month back into its tables: into the lists and the counts, its events with it. Many short transactions; one that is
 * broken off is begun again, and finds what is back already. The files stay.
 */
public final class Restoration {

    private final AgedRows aged;
    private final ArchiveFolder folder;
    private final ArchiveRows rows;
    private final TransactionTemplate transactions;
    private final String holder = "restore:" + UUID.randomUUID();

    /** Errors: ArchiveFault where no folder is configured, or it is not there. */
    public Restoration(JdbcClient jdbc, AgedRows aged, PlatformTransactionManager transactions) {
        this.aged = aged;
        this.folder = ArchiveFolder.configured(aged);
        this.rows = new ArchiveRows(jdbc);
        this.transactions = new TransactionTemplate(transactions);
    }

    /**
     * All that left of a month.
     *
     * @param told each file, when its rows are back
     * @return how many rows came back, by kind
     * @throws ArchiveFault where there is nothing of the month, a file is not what was written, or the month would leave again at
     *     once
     */
    public Map<RowKind, Long> restore(YearMonth month, Consumer<ArchivedFile> told) {
        List<ArchivedFile> files =
                rows.of(month).stream().filter(file -> file.dropped() != null).toList();
        if (files.isEmpty()) {
            throw new ArchiveFault(
                    "Nothing has been archived of " + month + "; camelbell archive list says of which months.");
        }
        refuseEarly(files, month);
        try {
            transactions.executeWithoutResult(own -> turn());
            return restore(files, told);
        } finally {
            transactions.executeWithoutResult(own -> rows.giveBack(holder));
        }
    }

    private void refuseEarly(List<ArchivedFile> files, YearMonth month) {
        String keys = files.stream()
                .map(ArchivedFile::kind)
                .filter(kind -> wouldLeave(kind, month))
                .map(kind -> "camelbell.retention." + (kind == RowKind.ATTEMPTS ? "attempts" : "notifications"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        if (!keys.isEmpty()) {
            throw new ArchiveFault(
                    "What left of " + month + " is older than the hub keeps it, and would leave again within minutes:"
                            + " first set " + keys + " higher, for the nodes and for this command.");
        }
    }

    private boolean wouldLeave(RowKind kind, YearMonth month) {
        YearMonth firstKept = aged.firstKept(kind);
        return firstKept != null && month.isBefore(firstKept);
    }

    private Map<RowKind, Long> restore(List<ArchivedFile> files, Consumer<ArchivedFile> told) {
        files.forEach(this::whole);
        Map<RowKind, Long> back = new EnumMap<>(RowKind.class);
        // of a row that is in two parts the later one counts, and what is back is not put back again
        List<ArchivedFile> latest = files.stream()
                .sorted(Comparator.comparing(ArchivedFile::part).reversed())
                .toList();
        // events before what is listed of them: a list shows an event's words
        latest.stream().filter(file -> file.kind() == RowKind.EVENTS).forEach(file -> all(file, back, told));
        latest.stream().filter(file -> file.kind() == RowKind.NOTIFICATIONS).forEach(this::eventsOfOtherMonths);
        latest.stream().filter(file -> file.kind() != RowKind.EVENTS).forEach(file -> all(file, back, told));
        return back;
    }

    private void all(ArchivedFile file, Map<RowKind, Long> back, Consumer<ArchivedFile> told) {
        back.merge(file.kind(), putBack(file, line -> true), Long::sum);
        rows.restored(file);
        told.accept(file);
    }

    /** A notification may be of an event that came in the last moments of the month before. */
    private void eventsOfOtherMonths(ArchivedFile notifications) {
        Map<Long, Set<Long>> missing = new TreeMap<>();
        eachPage(notifications, page -> {
            Set<Long> events = new HashSet<>();
            page.forEach(line -> events.add(AgedRows.number(line, "event")));
            rows.archivedEvents(events)
                    .forEach((event, archive) -> missing.computeIfAbsent(archive, any -> new HashSet<>())
                            .add(event));
            return 0L;
        });
        missing.forEach((archive, events) -> rows.by(archive).ifPresent(file -> {
            whole(file);
            putBack(file, line -> events.contains(AgedRows.number(line, "id")));
        }));
    }

    private long putBack(ArchivedFile file, Predicate<String> meant) {
        return eachPage(file, page -> {
            List<String> lines = page.stream().filter(meant).toList();
            if (lines.isEmpty()) {
                return 0L;
            }
            long first = lines.stream()
                    .mapToLong(
                            line -> AgedRows.number(line, file.kind() == RowKind.ATTEMPTS ? "notification_id" : "id"))
                    .min()
                    .orElseThrow();
            rows.walkAgainFrom(file.kind(), first);
            return (long) aged.putBack(file.kind(), lines);
        });
    }

    /** In a transaction each; answers the sum of what was done. */
    private long eachPage(ArchivedFile file, Function<List<String>, Long> work) {
        long sum = 0;
        try (LineReader lines = new LineReader(folder.where(file))) {
            List<String> page = lines.next(aged.batch(file.kind()));
            while (!page.isEmpty()) {
                List<String> now = page;
                Long done = transactions.execute(status -> {
                    turn();
                    return work.apply(now);
                });
                sum += done == null ? 0 : done;
                page = lines.next(aged.batch(file.kind()));
            }
            return sum;
        } catch (IOException e) {
            throw ArchiveFolder.fault(file.file() + " cannot be read", e);
        }
    }

    private void whole(ArchivedFile file) {
        Path path = folder.where(file);
        if (!Files.exists(path)) {
            throw new ArchiveFault(path + " is not there. It was not put back.");
        }
        try (ReadBack read = new ReadBack(FileContent.of(file), path)) {
            while (read.page()) {
                transactions.executeWithoutResult(own -> turn());
            }
            String wrong = read.wrong();
            if (wrong != null) {
                throw new ArchiveFault(path + " " + wrong + ". It was not put back.");
            }
        } catch (IOException e) {
            throw ArchiveFolder.fault(path + " cannot be read, and was not put back", e);
        }
    }

    private void turn() {
        if (!rows.take(holder)) {
            throw new ArchiveFault(
                    "A node of the hub archives at the moment, or another command restores: try again in some minutes.");
        }
    }
}
