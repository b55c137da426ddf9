package camelbell.store;

import camelbell.model.NotificationStatus;
import camelbell.model.Receipt;
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
     * A parked receipt whose time has come.
     *
     * @param adopts true when its notification is still PENDING: the receipt proves that the message is out
     */
    public record Due(Receipt receipt, boolean adopts) {}

    /**
     * What can be applied now. A delivery whose outcome the hub never learned, because it crashed or the answer got lost,
     * is ended by its receipt: at once while no attempt is under way, so that it is settled before a resend is due. Only
     * signed receipts prove that: a mail server's report may be anybody's. What is about another mail than the one that was
     * sent stays until it is forgotten.
     */
    List<Due> due(Instant now) {
        return jdbc.sql(
                        """
                        (SELECT DISTINCT ON (p.notification) p.*, true AS adopts
                         FROM parked_receipt p JOIN notification_log l ON l.id = p.notification
                         WHERE p.channel = :whatsapp AND p.parked_at > :back::timestamptz
                           AND l.status = 'PENDING' AND l.channel = :whatsapp
                           AND (p.parked_at <= :adopt::timestamptz OR EXISTS (
                               SELECT 1 FROM delivery WHERE notification_id = p.notification AND leased_by IS NULL))
                         ORDER BY p.notification, p.parked_at LIMIT :most)
                        UNION ALL
                        (SELECT p.*, false AS adopts
                         FROM parked_receipt p LEFT JOIN provider_message m USING (provider_id)
                             JOIN notification_log l ON l.id = coalesce(m.notification, p.notification)
                         WHERE p.parked_at > :back::timestamptz AND l.status <> 'PENDING' AND l.channel = p.channel
                           AND (l.channel = :whatsapp OR l.provider_id IS NULL OR l.provider_id = p.provider_id)
                         LIMIT :most)
                        """)
                .param("whatsapp", ReceiptRows.WHATSAPP)
                .param("back", utc(now.minus(LOOK_BACK)))
                .param("adopt", utc(now.minus(ADOPT_AFTER)))
                .param("most", MOST_AT_ONCE)
                .query((row, number) -> new Due(receipt(row), row.getBoolean("adopts")))
                .list();
    }

    /**
     * Ends what these receipts prove: the row becomes SENT, and is sent no second time. Answers what producers are told. A
     * row that somebody has locked is passed over, and found again; a delivery that is locked is left to its next claim.
     */
    List<StatusReport> adopt(List<Receipt> proofs, Instant now) {
        return jdbc.sql(
                        """
                        WITH ended AS (
                            UPDATE notification_log l SET status = 'SENT', provider_id = p.provider_id, sent_at = ?::timestamptz
                            FROM unnest(?::bigint[], ?::text[]) AS p (id, provider_id), ticket_event e
                            WHERE l.id = p.id AND e.id = l.event AND l.id IN (
                                SELECT n.id FROM notification_log n WHERE n.id = ANY(?) AND %s
                                ORDER BY n.id FOR NO KEY UPDATE SKIP LOCKED)
                            RETURNING l.id, l.recipient, l.channel, l.status, l.reason, e.source, e.event_id, e.type, e.ticket_id),
                        finished AS (
                            DELETE FROM delivery WHERE ctid = ANY(ARRAY(
                                SELECT ctid FROM delivery WHERE notification_id IN (SELECT id FROM ended)
                                FOR UPDATE SKIP LOCKED)))
                        SELECT * FROM ended
                        """
                                .formatted(Transition.ADOPTED.from("n")))
                .param(utc(now))
                .param(notifications(proofs))
                .param(proofs.stream().map(Receipt::providerId).toArray(String[]::new))
                .param(notifications(proofs))
                .query((row, number) -> ReceiptRows.report(row, now))
                .list();
    }

    private static Long[] notifications(List<Receipt> receipts) {
        return receipts.stream().map(Receipt::notification).toArray(Long[]::new);
    }

    /** Takes these out; those that another node is just taking are left to it. Answers which. */
    List<Receipt> take(List<Receipt> receipts) {
        return jdbc.sql(
                        """
                        DELETE FROM parked_receipt WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM parked_receipt
                            WHERE (provider_id, status) IN (SELECT * FROM unnest(?::text[], ?::text[]))
                            ORDER BY provider_id, status FOR UPDATE SKIP LOCKED))
                        RETURNING channel, provider_id, status, notification, reason
                        """)
                .param(receipts.stream().map(Receipt::providerId).toArray(String[]::new))
                .param(receipts.stream().map(receipt -> receipt.status().name()).toArray(String[]::new))
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
