package camelbell.receipt;

import camelbell.model.KeyedRecord;
import camelbell.model.StatusReport;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The transactional outbox of the notification-status topic. Reports are written in the transaction of the change that
 * they tell of, one row per batch. One node at a time reads the rows in the order of their numbers, so what followed from
 * something is published after it.
 */
@Component("statusOutbox")
class StatusOutbox {

    /** The advisory lock of the node that publishes: "status" in ASCII. */
    private static final long PUBLISHER = 0x737461747573L;

    private final JdbcClient jdbc;
    private final StatusProperties properties;
    private final Clock clock;

    StatusOutbox(JdbcClient jdbc, StatusProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** What waits to be published, as one exchange carries it. */
    public record Page(List<Long> rows, List<KeyedRecord> records) {}

    /** Notes reports down, in the caller's transaction. */
    public void put(List<StatusReport> reports) {
        OutboxRows.put(jdbc, reports, clock.instant());
    }

    /**
     * The oldest rows, to be deleted in the same transaction once they are published; none while another node publishes.
     * A node that has vanished without a word loses its turn when the server ends its idle session.
     */
    public Page take() {
        if (!jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(PUBLISHER)
                .query(Boolean.class)
                .single()) {
            return new Page(List.of(), List.of());
        }
        jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = '60s'").update();
        List<Row> rows = jdbc.sql("SELECT id, reports FROM status_outbox ORDER BY id LIMIT ?")
                .param(properties.publishRows())
                .query((row, number) -> new Row(row.getLong("id"), row.getBytes("reports")))
                .list();
        return new Page(
                rows.stream().map(Row::id).toList(),
                rows.stream()
                        .flatMap(row -> StatusJson.unpack(row.reports).stream())
                        .flatMap(StatusJson::records)
                        .toList());
    }

    /** The end of rows that the broker has. */
    public void delete(List<Long> rows) {
        jdbc.sql("DELETE FROM status_outbox WHERE id = ANY(?)")
                .param(rows.toArray(Long[]::new))
                .update();
    }

    private record Row(long id, byte[] reports) {}
}
