package camelbell.store;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets which message was which, and receipts that belong to nobody, once nothing more can be heard of them. A batch in the
 * caller's transaction; nodes that do it at once share the work.
 */
@Component("receiptRetention")
class ReceiptRetention {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReceiptRetention(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Answers whether there may be more to forget.
     *
     * @param kept as configured, such as {@code 30d}; 0: for ever
     */
    public boolean forgetMessages(String kept, int batch) {
        return forget(
                """
                DELETE FROM provider_message WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM provider_message WHERE noted_at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                """,
                kept,
                batch);
    }

    /** As {@link #forgetMessages}. */
    public boolean forgetParked(String kept, int batch) {
        return forget(
                """
                DELETE FROM parked_receipt WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM parked_receipt WHERE parked_at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                """,
                kept,
                batch);
    }

    private boolean forget(String sql, String kept, int batch) {
        Duration time = DurationStyle.detectAndParse(kept);
        return !time.isZero()
                && jdbc.sql(sql)
                                .params(clock.instant().minus(time).atOffset(ZoneOffset.UTC), batch)
                                .update()
                        == batch;
    }
}
