package camelbell.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets what may be very much in many short transactions, so that no lock is held for long, and rests after each in
 * proportion to what it took: the database has most of its time for those who wait for an answer, and the slower it is, the
 * longer it is left alone. Ends early when the hub does.
 */
@Component
public class Batches {

    private final TransactionTemplate transactions;
    private final double share;
    private final ApplicationContext context;
    private final CountDownLatch closing = new CountDownLatch(1);

    Batches(PlatformTransactionManager transactions, RetentionProperties properties, ApplicationContext context) {
        this.transactions = new TransactionTemplate(transactions);
        this.share = properties.share();
        this.context = context;
    }

    /**
     * Until nothing is left, or the hub stops: the rest waits for the next look.
     *
     * @param batch does some of it in a transaction of its own, and says whether there may be more
     */
    public void whileMore(BooleanSupplier batch) {
        boolean more = true;
        while (more && closing.getCount() > 0) {
            long begun = System.nanoTime();
            more = Boolean.TRUE.equals(transactions.execute(status -> batch.getAsBoolean()));
            if (more && share < 1) {
                more = rest((long) ((System.nanoTime() - begun) * (1 - share) / share));
            }
        }
    }

    /** Answers whether there is still time for the next one. */
    private boolean rest(long nanos) {
        try {
            return !closing.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @EventListener
    void end(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == context) {
            closing.countDown();
        }
    }
}
