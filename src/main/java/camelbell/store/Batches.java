package camelbell.store;

import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Does what may be very much in many short transactions, so that no lock is held for long. */
@Component
public class Batches {

    private final TransactionTemplate transactions;

    Batches(PlatformTransactionManager transactions) {
        this.transactions = new TransactionTemplate(transactions);
    }

    /**
     * Until nothing is left.
     *
     * @param batch does some of it in a transaction of its own, and says whether there may be more
     */
    public void whileMore(BooleanSupplier batch) {
        while (Boolean.TRUE.equals(transactions.execute(status -> batch.getAsBoolean()))) {
            // the next one
        }
    }
}
