package camelbell.status;

import camelbell.model.KeyedRecord;
import camelbell.model.StatusReport;
import camelbell.model.StopSignal;
import camelbell.model.Wakeup;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transactional outbox of the notification-status topic. Reports are written in the transaction of the change that
 * they tell of, one row per batch. One node at a time reads the rows in the order of their numbers, so what followed from
 * something is published after it.
 */
@Component("statusOutbox")
class StatusOutbox {

    /** The advisory lock of the node that publishes: "status" in ASCII. */
    private static final long PUBLISHER = 0x737461747573L;

    private static final Logger LOG = LoggerFactory.getLogger(StatusOutbox.class);

    /** How often this node looks for rows that others wrote: nodes that are gone, and commands. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long what comes to a node at rest is left alone: what follows from it is told of with it, and people hear first. */
    private static final Duration GATHER = Duration.ofMillis(30);

    /** Whether there may be rows that this node wrote. */
    private final AtomicBoolean waiting = new AtomicBoolean(true);

    private final Wakeup come = new Wakeup();

    private volatile long looked = System.nanoTime() - LOOK.toNanos();
    private final JdbcClient jdbc;
    private final StatusProperties properties;
    private final MeterRegistry meters;
    private final Clock clock;

    StatusOutbox(JdbcClient jdbc, StatusProperties properties, MeterRegistry meters, Clock clock, StopSignal stop) {
        this.jdbc = jdbc;
        this.meters = meters;
        this.properties = properties;
        this.clock = clock;
        stop.onStop(come::end);
    }

    /**
     * The oldest of what waits: as many rows as fit into a size, and one at least. A batch of events is one row of many
     * changes, a receipt one row of one, so their number alone says little. Parameters: rows at most, bytes at most.
     */
    private static final String OLDEST =
            """
            SELECT id, reports FROM (
                SELECT id, reports, sum(octet_length(reports)) OVER (ORDER BY id) - octet_length(reports) AS older
                FROM (SELECT id, reports FROM status_outbox WHERE NOT unreadable ORDER BY id LIMIT ?) AS oldest) AS sized
            WHERE older < ? ORDER BY id
            """;

    /** What waits to be published, as one exchange carries it. */
    public record StatusPage(List<Long> rows, List<KeyedRecord> records) {

        /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
        @Override
        public int hashCode() {
            return rows.hashCode();
        }
    }

    /** The rows that note reports down, to be persisted in the transaction of what they tell of. */
    public List<OutboxEntry> entries(List<StatusReport> reports) {
        Instant now = clock.instant();
        List<OutboxEntry> entries = new ArrayList<>();
        OutboxRows.pack(reports).forEach(row -> entries.add(new OutboxEntry(now, row)));
        expect(reports);
        return entries;
    }

    /** Notes reports down, in the caller's transaction. */
    public void put(List<StatusReport> reports) {
        OutboxRows.put(jdbc, reports, clock.instant());
        expect(reports);
    }

    /** Once the rows are committed there is something to publish; a rollback only costs a look. */
    private void expect(List<StatusReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            expected();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                expected();
            }
        });
    }

    private void expected() {
        if (waiting.compareAndSet(false, true)) {
            come.call();
        }
    }

    /**
     * Returns when a look is worth its queries: this node has written something, or has not looked for others' for a while. It
     * stays due until a look has found nothing, so that one that fails is tried again, and none is taken for having worked.
     */
    public void await() throws InterruptedException {
        come.forget();
        if (!waiting.get() && come.await(looked + LOOK.toNanos() - System.nanoTime())) {
            TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
        }
        waiting.set(true);
        looked = System.nanoTime();
    }

    /**
     * The oldest rows, to be deleted in the same transaction once they are published; none while another node publishes.
     * A node that has vanished without a word loses its turn when the server ends its idle session.
     */
    public StatusPage take() {
        if (!jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(PUBLISHER)
                .query(Boolean.class)
                .single()) {
            return new StatusPage(List.of(), List.of());
        }
        jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = '60s'").update();
        List<Row> rows = oldest();
        List<Long> ids = new ArrayList<>();
        List<KeyedRecord> records = new ArrayList<>();
        for (Row row : rows) {
            try {
                records.addAll(StatusJson.records(row.reports));
                ids.add(row.id);
            } catch (UncheckedIOException damaged) {
                putAside(row.id);
            }
        }
        return new StatusPage(ids, records);
    }

    /** Nothing waits any more where there are none; what is committed meanwhile says so by itself afterwards. */
    private List<Row> oldest() {
        waiting.set(false);
        boolean none = false;
        try {
            List<Row> rows = jdbc.sql(OLDEST)
                    .params(properties.publishRows(), properties.publishBytes())
                    .query((row, number) -> new Row(row.getLong("id"), row.getBytes("reports")))
                    .list();
            none = rows.isEmpty();
            return rows;
        } finally {
            if (!none) {
                waiting.set(true);
            }
        }
    }

    private void putAside(long row) {
        jdbc.sql("UPDATE status_outbox SET unreadable = true WHERE id = ?")
                .param(row)
                .update();
        meters.counter("camelbell.refused", "route", "publish-status").increment();
        LOG.error(
                "status_outbox id={} cannot be read by this version; it is kept, marked as unreadable, and the rows behind it"
                        + " are published. If a later version wrote it, set unreadable to false when that runs again",
                row);
    }

    /** The end of rows that the broker has. False when there were none, so that nothing more waits. */
    public boolean delete(List<Long> rows) {
        return !rows.isEmpty()
                && jdbc.sql("DELETE FROM status_outbox WHERE id = ANY(?)")
                                .param(rows.toArray(Long[]::new))
                                .update()
                        > 0;
    }

    private record Row(long id, byte[] reports) {}
}
