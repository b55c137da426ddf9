package camelbell.archive;

import camelbell.store.AgedRows;
import camelbell.store.Batches;
import camelbell.store.RowKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets what is old leave for files: one month of a kind after the other is written, read back, and only then taken out of its
 * table, row by row, each only while it still is what the file says. A file has its name when its rows have left. Whatever
 * ends a look, the next one goes on from what the database knows of the files. One node at a time.
 */
@Component("archivist")
class Archivist {

    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);

    private final AgedRows aged;
    private final ArchiveRows rows;
    private final Batches batches;
    private final TransactionTemplate transactions;
    private final ArchiveHealth health;

    /** One look at a time: a route that has been replaced may still be at its own. */
    private final ReentrantLock atWork = new ReentrantLock();

    /** Of this process alone, whatever nodes are called: it stands in its turn, and in the names of what it has begun. */
    private final String holder;

    @Autowired
    Archivist(
            AgedRows aged,
            JdbcClient jdbc,
            Batches batches,
            PlatformTransactionManager transactions,
            ArchiveHealth health) {
        this(aged, jdbc, batches, transactions, health, UUID.randomUUID().toString());
    }

    Archivist(
            AgedRows aged,
            JdbcClient jdbc,
            Batches batches,
            PlatformTransactionManager transactions,
            ArchiveHealth health,
            String holder) {
        this.aged = aged;
        this.rows = new ArchiveRows(jdbc);
        this.batches = batches;
        this.transactions = new TransactionTemplate(transactions);
        this.health = health;
        this.holder = holder;
    }

    /** All that is old enough, where it is to leave for files at all. Nothing that goes wrong with it ends what else is done. */
    public void archive() {
        if (aged.folder().isEmpty() || !atWork.tryLock()) {
            return;
        }
        try {
            String fault = look();
            health.looked(fault);
            if (fault != null) {
                LOG.warn("{}", fault);
            }
        } catch (NotOurTurn e) {
            LOG.debug("another node archives, or a command restores");
        } catch (RuntimeException e) {
            // by its class alone: what a database says of a row may quote people
            String why = "A look for what is old ended early with "
                    + NestedExceptionUtils.getMostSpecificCause(e).getClass().getSimpleName()
                    + "; the next one goes on.";
            health.looked(why);
            LOG.warn("{}", why);
        } finally {
            atWork.unlock();
        }
    }

    /** What one kind cannot does not keep another one from it. Answers the first sentence that says why. */
    private @Nullable String look() {
        String fault = null;
        for (RowKind kind : RowKind.values()) {
            try {
                ArchiveFolder folder = ArchiveFolder.configured(aged);
                boolean more = true;
                while (more) {
                    more = oneFile(folder, kind);
                }
            } catch (ArchiveFault e) {
                fault = fault == null ? e.sentence() : fault;
            }
        }
        transactions.executeWithoutResult(last -> rows.giveBack(holder));
        return fault;
    }

    /** Brings one file to its end; false where there is none, or it can be brought no further for now. */
    private boolean oneFile(ArchiveFolder folder, RowKind kind) {
        Optional<ArchivedFile> begun = inTurn(() -> rows.unfinished(kind)).or(() -> write(folder, kind));
        if (begun.isEmpty()) {
            return false;
        }
        ArchivedFile file = begun.get();
        Path named = folder.of(file.file());
        Path unnamed = folder.of(file.begun());
        Path path = file.verified() == null || Files.exists(unnamed) ? unnamed : named;
        if (!Files.exists(path)) {
            return vanished(file, unnamed);
        }
        return readBack(file, path) && drop(folder, file, path);
    }

    private boolean vanished(ArchivedFile file, Path unnamed) {
        if (file.verified() == null) {
            return inTurn(() -> rows.forget(file));
        }
        throw new ArchiveFault(unnamed + " is not there, though rows are still to leave for it: bring it back."
                + " Nodes that archive need the same folder.");
    }

    /** The oldest month of which something is old enough; none where nothing is, or the hub stops. */
    private Optional<ArchivedFile> write(ArchiveFolder folder, RowKind kind) {
        YearMonth firstKept = aged.firstKept(kind);
        if (firstKept == null) {
            return Optional.empty();
        }
        try (MonthWriter month = new MonthWriter(aged, rows, folder, kind, firstKept, holder)) {
            whileMore(month::page);
            Optional<FileContent> whole = month.finish();
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            Optional<ArchivedFile> file = inTurn(() -> month.note(whole.get()));
            month.keep();
            return file;
        } catch (IOException | UncheckedIOException e) {
            throw ArchiveFolder.fault("Old " + kind.code() + " cannot be written to " + aged.folder(), e);
        }
    }

    private boolean readBack(ArchivedFile file, Path path) {
        String wrong;
        try (ReadBack whole = new ReadBack(FileContent.of(file), path)) {
            whileMore(whole::page);
            if (!whole.done()) {
                return false;
            }
            wrong = whole.wrong();
        } catch (IOException | UncheckedIOException e) {
            wrong = "cannot be read back: " + ArchiveFolder.reason(e);
        }
        if (wrong == null) {
            return inTurn(() -> rows.verified(file));
        }
        if (file.verified() == null) {
            inTurn(() -> rows.forget(file));
        }
        throw new ArchiveFault(path + " " + wrong + ". Look at the disk"
                + (file.verified() == null ? "; it is written anew." : ", and bring the file back from a copy."));
    }

    private boolean drop(ArchiveFolder folder, ArchivedFile file, Path path) {
        try (FileDrop drop = new FileDrop(aged, file, path)) {
            whileMore(drop::page);
            if (!drop.done()) {
                return false;
            }
            Path named = folder.of(file.file());
            if (!path.equals(named)) {
                Durable.rename(path, named);
            }
            finished(folder, file, drop);
            return true;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw ArchiveFolder.fault(path + " cannot be read any more, or not be given its name", e);
        }
    }

    /** The manifest first: a file that the database has done with is in it. */
    private void finished(ArchiveFolder folder, ArchivedFile file, FileDrop drop) {
        inTurn(() -> {
            List<ArchivedFile> finished = rows.of(file.month()).stream()
                    .filter(one -> one.id() == file.id() || one.dropped() != null)
                    .toList();
            folder.note(file.month(), rows.hub(), finished);
            rows.dropped(file, drop.firstLeft());
            return true;
        });
        health.left(file.kind(), file.rows() - drop.stayed());
        LOG.info("{} rows have left for {}", file.rows() - drop.stayed(), file.file());
    }

    /** Page by page, with rests, until the end or until the hub stops. */
    private void whileMore(Pages pages) {
        batches.whileMore(() -> {
            turn();
            try {
                return pages.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private interface Pages {

        boolean next() throws IOException;
    }

    private void turn() {
        if (!rows.take(holder)) {
            throw new NotOurTurn();
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(own -> {
            turn();
            return work.get();
        }));
    }

    /** Ends a look, since somebody else archives or restores. */
    private static final class NotOurTurn extends RuntimeException {}
}
