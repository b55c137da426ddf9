package camelbell.store;

import camelbell.model.NotificationStatus;
import camelbell.model.Receipt;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Set-based statements about receipts. Their transactions are their callers'. */
@Component
class ReceiptRows {

    static final String WHATSAPP = "WHATSAPP";

    private final JdbcClient jdbc;

    ReceiptRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where a receipt belongs and what is known there; none when the notification is not on file.
     *
     * @param replaced true when another message has taken, or will take, the place of the one that the receipt is about
     */
    record Target(long notification, NotificationStatus status, boolean replaced) {}

    private record Noted(long notification, boolean replaced) {}

    /**
     * The notification behind each receipt, locked until the transaction ends: nothing may move it between the look and
     * the move. One that somebody else has locked counts as not on file: its receipt is parked, and the others do not wait. The provider's own id decides; the echoed notification helps where the hub has not written that down.
     */
    Map<Receipt, Target> lock(Collection<Receipt> receipts) {
        Map<String, Noted> noted = notedMessages(receipts);
        Map<Receipt, Long> ids = new HashMap<>();
        for (Receipt receipt : receipts) {
            Noted message = noted.get(receipt.providerId());
            Long id = message == null ? receipt.notification() : Long.valueOf(message.notification());
            if (id != null) {
                ids.put(receipt, id);
            }
        }
        Map<Long, Locked> rows = lockNotifications(ids.values());
        Map<Receipt, Target> targets = new HashMap<>();
        ids.forEach((receipt, id) -> {
            Locked row = rows.get(id);
            if (row != null && row.fits(receipt)) {
                Noted message = noted.get(receipt.providerId());
                boolean replaced = (message != null && message.replaced()) || row.hasAnother(receipt);
                targets.put(receipt, new Target(id, row.status(), replaced));
            }
        });
        return targets;
    }

    private Map<String, Noted> notedMessages(Collection<Receipt> receipts) {
        Map<String, Noted> noted = new HashMap<>();
        jdbc.sql("SELECT provider_id, notification, replaced FROM provider_message WHERE provider_id = ANY(?)")
                .param(texts(receipts, Receipt::providerId))
                .query(row -> {
                    noted.put(
                            row.getString("provider_id"),
                            new Noted(row.getLong("notification"), row.getBoolean("replaced")));
                });
        return noted;
    }

    /** One row. A mail says itself which notification it is, so it must also be the mail that was sent for it. */
    private record Locked(String channel, NotificationStatus status, @Nullable String providerId) {

        boolean fits(Receipt receipt) {
            return channel.equals(receipt.channel())
                    && (channel.equals(WHATSAPP) || providerId == null || providerId.equals(receipt.providerId()));
        }

        /** True when the message on file is not the receipt's: an attempt of before, whose answer never came. */
        boolean hasAnother(Receipt receipt) {
            return providerId != null && !providerId.equals(receipt.providerId());
        }
    }

    private Map<Long, Locked> lockNotifications(Collection<Long> ids) {
        Map<Long, Locked> rows = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT id, channel, status, provider_id FROM notification_log WHERE id = ANY(?)
                        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
                        """)
                .param(ids.stream().distinct().toArray(Long[]::new))
                .query(row -> {
                    rows.put(
                            row.getLong("id"),
                            new Locked(
                                    row.getString("channel"),
                                    NotificationStatus.valueOf(row.getString("status")),
                                    row.getString("provider_id")));
                });
        return rows;
    }

    /** Moves each notification to what its receipt says, and answers what producers are told. */
    List<StatusReport> move(Map<Long, Receipt> moves, Instant now) {
        List<Receipt> receipts = new ArrayList<>(moves.values());
        return jdbc.sql(
                        """
                        UPDATE notification_log l
                        SET status = u.status, reason = u.reason, sent_at = coalesce(l.sent_at, ?)
                        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS u (id, status, reason), ticket_event e
                        WHERE l.id = u.id AND %s AND e.id = l.event
                        RETURNING l.id, l.recipient, l.channel, l.status, l.reason, e.source, e.event_id, e.type, e.ticket_id
                        """
                                .formatted(Transition.TOLD.from("l")))
                .param(now.atOffset(ZoneOffset.UTC))
                .param(moves.keySet().toArray(Long[]::new))
                .param(texts(receipts, receipt -> receipt.status().name()))
                .param(texts(receipts, Receipt::reason))
                .query((row, number) -> report(row, now))
                .list();
    }

    /** In the order of their key, so that two nodes that park the same never wait for each other in a circle. */
    void park(Collection<Receipt> receipts, Instant now) {
        jdbc.sql(
                        """
                        INSERT INTO parked_receipt (channel, provider_id, status, notification, reason, parked_at)
                        SELECT *, ?::timestamptz FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                             AS u (channel, provider_id, status, notification, reason)
                        ORDER BY provider_id, status
                        ON CONFLICT DO NOTHING
                        """)
                .param(now.atOffset(ZoneOffset.UTC))
                .param(texts(receipts, Receipt::channel))
                .param(texts(receipts, Receipt::providerId))
                .param(texts(receipts, receipt -> receipt.status().name()))
                .param(receipts.stream().map(Receipt::notification).toArray(Long[]::new))
                .param(texts(receipts, Receipt::reason))
                .update();
    }

    static StatusReport report(ResultSet row, Instant now) throws SQLException {
        StatusChange change = StatusChange.of(
                NotificationStatus.valueOf(row.getString("status")),
                row.getLong("id"),
                row.getLong("recipient"),
                row.getString("channel"),
                row.getString("reason"));
        String event = row.getString("event_id");
        return new StatusReport(
                event,
                event,
                row.getString("source"),
                row.getString("type"),
                row.getLong("ticket_id"),
                now,
                List.of(change));
    }

    private static @Nullable String[] texts(Collection<Receipt> receipts, Function<Receipt, @Nullable String> field) {
        return receipts.stream().map(field).toArray(String[]::new);
    }
}
