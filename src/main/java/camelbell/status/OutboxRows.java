package camelbell.status;

import camelbell.model.StatusReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes into the outbox of the notification-status topic; for the hub and for its commands, which have no context. */
public final class OutboxRows {

    /** Reports per row at most: a batch that tells very many people becomes several rows. */
    private static final int REPORTS_PER_ROW = 1000;

    private OutboxRows() {}

    /** Notes reports down, in the caller's transaction. */
    public static void put(JdbcClient jdbc, List<StatusReport> reports, Instant now) {
        for (byte[] row : pack(reports)) {
            jdbc.sql("INSERT INTO status_outbox (created_at, reports) VALUES (?, ?)")
                    .params(now.atOffset(ZoneOffset.UTC), row)
                    .update();
        }
    }

    /** Each is one row's. */
    static List<byte[]> pack(List<StatusReport> reports) {
        List<byte[]> rows = new ArrayList<>();
        for (int from = 0; from < reports.size(); from += REPORTS_PER_ROW) {
            rows.add(StatusJson.pack(reports.subList(from, Math.min(reports.size(), from + REPORTS_PER_ROW))));
        }
        return rows;
    }
}
