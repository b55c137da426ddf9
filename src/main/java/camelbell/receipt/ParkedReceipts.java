package camelbell.receipt;

import camelbell.model.NotificationStatus;
import camelbell.model.StatusReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The receipts that came before the hub had settled what they are about. Transactions are the callers'. */
@Component
class ParkedReceipts {

    /** A hub that lives has settled long before; then the receipt itself says that the provider has the message. */
    static final Duration ADOPT_AFTER = Duration.ofSeconds(5);

    private static final Duration LOOK_BACK = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 1000;

    private final JdbcClient jdbc;

    ParkedReceipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Ends deliveries whose outcome the hub never learned: it crashed, or the answer got lost. The message is out, so the
     * row becomes SENT and is sent no second time: at once while no attempt is under way, so that it is settled before a
     * resend is due. Only signed receipts prove that: a mail server's report may be anybody's. Answers what producers are told.
     */
    List<StatusReport> adopt(Instant now) {
        return jdbc.sql(
                        """
                        WITH proof AS (
                            SELECT DISTINCT ON (notification) notification, provider_id FROM parked_receipt
                            WHERE channel = ? AND notification IS NOT NULL AND parked_at > ?::timestamptz
                              AND (parked_at <= ?::timestamptz OR EXISTS (
                                  SELECT 1 FROM delivery WHERE notification_id = notification AND leased_by IS NULL))
                            ORDER BY notification, parked_at),
                        ended AS (
                            UPDATE notification_log l SET status = 'SENT', provider_id = p.provider_id, sent_at = ?::timestamptz
                            FROM proof p, ticket_event e
                            WHERE l.id = p.notification AND e.id = l.event AND l.status = 'PENDING' AND l.channel = ?
                            RETURNING l.id, l.recipient, l.channel, l.status, l.reason, e.source, e.event_id, e.type, e.ticket_id),
                        finished AS (DELETE FROM delivery WHERE notification_id IN (SELECT id FROM ended))
                        SELECT * FROM ended
                        """)
                .params(
                        ReceiptRows.WHATSAPP,
                        utc(now.minus(LOOK_BACK)),
                        utc(now.minus(ADOPT_AFTER)),
                        utc(now),
                        ReceiptRows.WHATSAPP)
                .query((row, number) -> ReceiptRows.report(row, now))
                .list();
    }

    /** Takes out those that can be applied now; what is about another mail than the one that was sent stays until it is forgotten. */
    List<Receipt> takeMatched(Instant now) {
        return jdbc.sql(
                        """
                        DELETE FROM parked_receipt WHERE (provider_id, status) IN (
                            SELECT p.provider_id, p.status
                            FROM parked_receipt p LEFT JOIN provider_message m USING (provider_id)
                                JOIN notification_log l ON l.id = coalesce(m.notification, p.notification)
                            WHERE p.parked_at > ? AND l.status <> 'PENDING' AND l.channel = p.channel
                              AND (l.channel = ? OR l.provider_id IS NULL OR l.provider_id = p.provider_id)
                            LIMIT ? FOR UPDATE OF p SKIP LOCKED)
                        RETURNING channel, provider_id, status, notification, reason
                        """)
                .params(utc(now.minus(LOOK_BACK)), ReceiptRows.WHATSAPP, MOST_AT_ONCE)
                .query((row, number) -> receipt(row))
                .list();
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                row.getString("channel"),
                row.getString("provider_id"),
                row.getObject("notification", Long.class),
                NotificationStatus.valueOf(row.getString("status")),
                row.getString("reason"));
    }

    private static Object utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
