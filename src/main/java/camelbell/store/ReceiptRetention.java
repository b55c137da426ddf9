package camelbell.store;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * Forgets which message was which, and receipts that belong to nobody, once nothing more can be heard of them. A batch in each
 * transaction; nodes that do it at once share the work.
 */
@Component("receiptRetention")
class ReceiptRetention {

    private final Batches batches;
    private final Clock clock;

    ReceiptRetention(Batches batches, Clock clock) {
        this.batches = batches;
        this.clock = clock;
    }

    /**
     * Which message was which notification.
     *
     * @param kept as configured, such as {@code 30d}; 0: for ever
     */
    public void messages(String kept, int batch) {
        forget(
                """
                DELETE FROM provider_message WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM provider_message WHERE noted_at >= ? AND noted_at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING noted_at
                """,
                kept,
                batch);
    }

    /** Receipts that belong to nobody; as {@link #messages}. */
    public void parked(String kept, int batch) {
        forget(
                """
                DELETE FROM parked_receipt WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM parked_receipt WHERE parked_at >= ? AND parked_at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING parked_at
                """,
                kept,
                batch);
    }

    private void forget(String sql, String kept, int batch) {
        Duration time = DurationStyle.detectAndParse(kept);
        if (!time.isZero()) {
            batches.forget(sql, clock.instant().minus(time), batch);
        }
    }
}
