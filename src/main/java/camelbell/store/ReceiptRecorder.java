package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.Receipt;
import camelbell.model.StatusReport;
import camelbell.store.ParkedReceipts.Due;
import camelbell.store.ReceiptRows.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Applies receipts: each moves its notification forward or changes nothing, so order, repetition and loss do no harm.
 * Every method runs in its caller's transaction.
 */
@Component("receiptRecorder")
class ReceiptRecorder {

    private final JdbcClient jdbc;
    private final ReceiptRows rows;
    private final ParkedReceipts parked;
    private final LateRefusals refusals;
    private final ReceiptCount count;
    private final Clock clock;

    ReceiptRecorder(
            JdbcClient jdbc,
            ReceiptRows rows,
            ParkedReceipts parked,
            LateRefusals refusals,
            ReceiptCount count,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.parked = parked;
        this.refusals = refusals;
        this.count = count;
        this.clock = clock;
    }

    /** Notes which notification each accepted message is. Told a second time, it stays as it was. */
    public void note(List<Attempt> attempts) {
        Map<String, Long> messages = new HashMap<>();
        for (Attempt attempt : attempts) {
            boolean ours = attempt.delivery().channel().code().equals(ReceiptRows.WHATSAPP);
            if (ours && attempt.outcome() instanceof Sent sent && sent.providerId() != null) {
                messages.put(sent.providerId(), attempt.delivery().notificationId());
            }
        }
        if (!messages.isEmpty()) {
            jdbc.sql(
                            """
                            INSERT INTO provider_message (provider_id, notification, noted_at)
                            SELECT *, ?::timestamptz FROM unnest(?::text[], ?::bigint[]) ON CONFLICT DO NOTHING
                            """)
                    .param(clock.instant().atOffset(ZoneOffset.UTC))
                    .param(messages.keySet().toArray(String[]::new))
                    .param(messages.values().toArray(Long[]::new))
                    .update();
        }
    }

    /** Applies what came in, parks what is too early, and answers what producers are told. */
    public List<StatusReport> apply(List<Receipt> receipts) {
        if (receipts.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Map<Receipt, Target> targets = rows.lock(receipts);
        Map<Long, Receipt> moves = new HashMap<>();
        List<Receipt> early = new ArrayList<>();
        for (Receipt receipt : receipts) {
            Target target = targets.get(receipt);
            if (target != null && target.replaced() && !receipt.provesArrival()) {
                continue; // another message has taken its place
            }
            if (target == null || Receipt.rank(target.status()) == 0) {
                early.add(receipt);
            } else if (receipt.rank() > Receipt.rank(target.status())) {
                moves.merge(target.notification(), receipt, ReceiptRecorder::higher);
            }
        }
        rows.park(early, now);
        int resent = sendAgain(moves, targets, now);
        String channel = receipts.get(0).channel();
        count.add(channel, "parked", early.size());
        count.add(channel, "applied", moves.size());
        count.add(channel, "resent", resent);
        count.add(channel, "known", receipts.size() - early.size() - moves.size() - resent);
        return moves.isEmpty() ? List.of() : rows.move(moves, now);
    }

    /** Takes those moves out that are failures no more, because the message goes out once more; answers how many. */
    private int sendAgain(Map<Long, Receipt> moves, Map<Receipt, Target> targets, Instant now) {
        int before = moves.size();
        moves.values().removeIf(receipt -> {
            Target target = targets.get(receipt);
            return target != null && refusals.sendAgain(target, receipt, now);
        });
        return before - moves.size();
    }

    /** Parked receipts whose notification has been settled meanwhile, or must have been sent by now. */
    public List<Due> due() {
        return parked.due(clock.instant());
    }

    /** Applies such receipts. One that ends a delivery stays for the next look, which finds it settled. */
    public List<StatusReport> applyParked(List<Due> due) {
        Instant now = clock.instant();
        List<StatusReport> reports = new ArrayList<>(parked.adopt(receipts(due, true), now));
        reports.addAll(apply(parked.take(receipts(due, false))));
        return reports;
    }

    /** Without a change to anything else. */
    @Transactional
    public void forget(List<Due> refused) {
        parked.take(refused.stream().map(Due::receipt).toList());
    }

    private static List<Receipt> receipts(List<Due> due, boolean adopts) {
        return due.stream()
                .filter(one -> one.adopts() == adopts)
                .map(Due::receipt)
                .toList();
    }

    private static Receipt higher(Receipt one, Receipt other) {
        return one.rank() >= other.rank() ? one : other;
    }
}
