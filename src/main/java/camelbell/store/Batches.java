package camelbell.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets what may be very much in many short transactions, so that no lock is held for long, and rests after each in
 * proportion to what it took: the database has most of its time for those who wait for an answer, and the slower it is, the
 * longer it is left alone. One at a time on a node; ends early when the hub does.
 */
@Component
public class Batches {

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final OffsetDateTime BEGINNING = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    private final TransactionTemplate transactions;
    private final RetentionProperties properties;
    private final ApplicationContext context;
    private final JdbcClient jdbc;
    private final ReentrantLock atWork = new ReentrantLock();
    private final CountDownLatch closing = new CountDownLatch(1);

    Batches(
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            RetentionProperties properties,
            ApplicationContext context) {
        this.transactions = new TransactionTemplate(transactions);
        this.jdbc = jdbc;
        this.properties = properties;
        this.context = context;
    }

    /**
     * Until nothing is left, or the hub stops: the rest waits for the next look. Nothing while another look of this node is at
     * it, such as that of a route which has been replaced meanwhile.
     *
     * @param batch does some of it in a transaction of its own, and says whether there may be more
     * @throws IllegalStateException within a transaction, which would hold all locks through all rests
     */
    public void whileMore(BooleanSupplier batch) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "retention was called within a transaction, to which all of its batches would"
                            + " belong; take 'transacted' out of the route before it");
        }
        if (!atWork.tryLock()) {
            return;
        }
        try {
            boolean more = true;
            while (more && closing.getCount() > 0) {
                long begun = System.nanoTime();
                more = inTransaction(batch) && rested(System.nanoTime() - begun);
            }
        } finally {
            atWork.unlock();
        }
    }

    /**
     * Deletes rows of a table that are old. What an earlier batch has deleted is not looked at again: it stays in the table
     * until PostgreSQL vacuums it, and millions of such rows would be passed over each time. Rows come nearly in the order
     * of their times; those that do not are found when all others are gone, by one more look from the beginning.
     *
     * @param sql deletes some, and returns their times; its parameters are the least time, that before which rows are old, and
     *     how many at most
     */
    public void forget(String sql, Instant before, int batch) {
        OffsetDateTime[] done = {BEGINNING};
        whileMore(() -> {
            // for a few rows at its head the planner takes the whole table, of which the head is what has been deleted
            jdbc.sql("SELECT set_config('enable_seqscan', 'off', true)")
                    .query(String.class)
                    .single();
            List<OffsetDateTime> gone = jdbc.sql(sql)
                    .params(done[0], before.atOffset(ZoneOffset.UTC), batch)
                    .query(OffsetDateTime.class)
                    .list();
            boolean all = gone.size() < batch;
            boolean fromBeginning = done[0].equals(BEGINNING);
            done[0] = all ? BEGINNING : Collections.min(gone);
            return !(all && fromBeginning);
        });
    }

    private boolean inTransaction(BooleanSupplier batch) {
        return Boolean.TRUE.equals(transactions.execute(status -> batch.getAsBoolean()));
    }

    /** Answers whether there is still time for the next one. */
    private boolean rested(long worked) {
        double rest = (double) worked * (1 - properties.share()) / properties.share();
        try {
            return !closing.await((long) Math.min(rest, (double) LONGEST_REST.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Before all others that end something and may wait for whoever rests. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @EventListener
    void end(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == context) {
            closing.countDown();
        }
    }
}
