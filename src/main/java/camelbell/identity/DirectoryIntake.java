package camelbell.identity;

import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import camelbell.model.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes a batch of the users topic into the directory. The newest record of a person wins; no value deletes. */
@Component("directoryIntake")
class DirectoryIntake {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryIntake.class);

    private final PersonRows rows;
    private final DirectoryProgress progress;
    private final CachedDirectory directory;
    private final UnchangedOffsets quiet;

    DirectoryIntake(PersonRows rows, DirectoryProgress progress, CachedDirectory directory, UnchangedOffsets quiet) {
        this.quiet = quiet;
        this.rows = rows;
        this.progress = progress;
        this.directory = directory;
    }

    /** Applies the batch in the caller's transaction and answers the records that never can be applied. */
    @Transactional
    public List<MalformedEvent> apply(List<IncomingRecord> records) {
        List<MalformedEvent> malformed = new ArrayList<>();
        Map<Long, @Nullable Person> newest = new HashMap<>();
        for (IncomingRecord record : records) {
            try {
                read(record, newest);
            } catch (MalformedUserException e) {
                malformed.add(new MalformedEvent(record, "INVALID_USER", e.pointer(), String.valueOf(e.getMessage())));
            }
        }
        List<Long> changed = write(newest);
        // what another node has applied before changes nobody now, but may have changed people then
        boolean isNew = progress.isNew(records);
        progress.advance(records);
        rememberAfterCommit(List.copyOf(records), changed, isNew && changed.isEmpty());
        return malformed;
    }

    /**
     * Goes on behind a record whose content the database refuses, in the caller's transaction, and answers it as one that
     * never can be applied.
     */
    @Transactional
    public List<MalformedEvent> passOver(List<IncomingRecord> records, String sqlState) {
        progress.passOver(records);
        return records.stream()
                .map(record -> new MalformedEvent(
                        record, "UNSTORABLE", "", "the database refuses to store it, SQLState " + sqlState))
                .toList();
    }

    private static void read(IncomingRecord record, Map<Long, @Nullable Person> newest) {
        byte[] value = record.value();
        if (value == null) {
            newest.put(keyOf(record), null);
        } else {
            UserRecord.Read read = UserRecord.read(value);
            Person person = read.person();
            requireOwnKey(record, person.id());
            newest.put(person.id(), person);
            if (!read.leftOut().isEmpty()) {
                LOG.warn(
                        "optional fields of a user left out person={} partition={} offset={} fields={}; see the schema of"
                                + " users for what they must be",
                        person.id(),
                        record.partition(),
                        record.offset(),
                        read.leftOut());
            }
        }
    }

    /** A key that is another person's would be compacted away with that person's records. */
    private static void requireOwnKey(IncomingRecord record, long id) {
        Long key = UserKey.of(record.key());
        if (key != null && key != id) {
            throw new MalformedUserException("/id", "differs from the record's key");
        }
    }

    private static long keyOf(IncomingRecord record) {
        Long key = UserKey.of(record.key());
        if (key == null) {
            throw new MalformedUserException("", "a record without a value needs the user's id as its key");
        }
        return key;
    }

    private List<Long> write(Map<Long, @Nullable Person> newest) {
        List<Person> changed = new ArrayList<>();
        Set<Long> deleted = new HashSet<>();
        newest.forEach((id, person) -> {
            if (person == null) {
                deleted.add(id);
            } else {
                changed.add(person);
            }
        });
        List<Long> others = new ArrayList<>(rows.delete(deleted));
        others.addAll(rows.upsert(changed));
        return others;
    }

    private void rememberAfterCommit(List<IncomingRecord> records, List<Long> changed, boolean changedNobody) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (!changed.isEmpty()) {
                    directory.forget(changed);
                }
                quiet.applied(records, changedNobody);
            }
        });
    }
}
