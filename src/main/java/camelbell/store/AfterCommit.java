package camelbell.store;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** For what is said of a transaction: a batch that is rolled back comes again, and would be counted twice. */
public final class AfterCommit {

    private AfterCommit() {}

    /** Once the surrounding transaction is committed, and at once where there is none. */
    public static void run(Runnable what) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            what.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                what.run();
            }
        });
    }
}
