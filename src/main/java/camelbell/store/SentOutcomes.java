package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.NotificationStatus;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down in one statement what nearly all outcomes are: a message that its provider took at the first attempt. Locks,
 * the log, the end of the work and the name that the provider gave to the message are the same as those that
 * {@link HeldOutcomes}, {@link Settlement} and {@link ReceiptRecorder} write step by step; whatever is not as usual is left
 * to them. In the caller's transaction.
 */
@Component("sentOutcomes")
class SentOutcomes {

    private final JdbcClient jdbc;
    private final Clock clock;

    SentOutcomes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What was written.
     *
     * @param reports what producers are told of it
     * @param rest outcomes that are not written yet: of another kind, locked by another session, or elsewhere by now
     */
    public record Written(List<StatusReport> reports, List<Attempt> rest) {}

    public Written write(List<Attempt> attempts) {
        List<Attempt> usual = attempts.stream().filter(SentOutcomes::isUsual).toList();
        if (usual.isEmpty()) {
            return new Written(List.of(), attempts);
        }
        Set<Long> settled = settle(usual);
        List<StatusReport> reports = new ArrayList<>();
        List<Attempt> rest = new ArrayList<>();
        Set<Long> told = new HashSet<>();
        for (Attempt attempt : attempts) {
            Delivery delivery = attempt.delivery();
            if (!isUsual(attempt) || !settled.contains(delivery.notificationId())) {
                rest.add(attempt);
            } else if (told.add(delivery.notificationId())) {
                reports.add(report(attempt, delivery));
            }
        }
        return new Written(reports, rest);
    }

    /** Later attempts are noted one by one, for people who ask why. */
    private static boolean isUsual(Attempt attempt) {
        return attempt.outcome() instanceof Sent && attempt.delivery().attempt() == 1;
    }

    private static StatusReport report(Attempt attempt, Delivery delivery) {
        StatusChange change = StatusChange.of(
                NotificationStatus.SENT,
                delivery.notificationId(),
                delivery.recipient().id(),
                delivery.channel().code(),
                null);
        return StatusReport.on(delivery.event(), attempt.at(), List.of(change));
    }

    /**
     * Answers the notifications that are settled: those that were under way, and of which nobody else has locked a row.
     * Nothing is waited for. Rows are locked in the order that all use.
     */
    private Set<Long> settle(List<Attempt> usual) {
        return new HashSet<>(jdbc.sql(
                        """
                        WITH told AS (
                            SELECT * FROM unnest(:ids, :providerIds, :sentAt::timestamptz[], :receipts)
                                AS t (id, provider_id, sent_at, receipts)),
                        log AS MATERIALIZED (
                            SELECT l.id FROM notification_log l WHERE l.id = ANY(:ids) AND %s
                            ORDER BY l.id FOR NO KEY UPDATE SKIP LOCKED),
                        work AS MATERIALIZED (
                            SELECT d.ctid AS place, d.notification_id AS id FROM delivery d
                            WHERE d.notification_id = ANY(ARRAY(SELECT id FROM log))
                            ORDER BY d.notification_id FOR UPDATE SKIP LOCKED),
                        done AS (DELETE FROM delivery WHERE ctid = ANY(ARRAY(SELECT place FROM work))),
                        noted AS (
                            INSERT INTO provider_message (provider_id, notification, noted_at)
                            SELECT provider_id, id, :now FROM told
                            WHERE receipts AND provider_id IS NOT NULL AND id IN (SELECT id FROM work)
                            ON CONFLICT DO NOTHING)
                        UPDATE notification_log l
                        SET status = 'SENT', reason = NULL, provider_id = t.provider_id, sent_at = t.sent_at, listed = true
                        FROM told t
                        WHERE l.id = t.id AND l.id = ANY(ARRAY(SELECT id FROM work)) RETURNING l.id
                        """
                                .formatted(Transition.SETTLED.from("l")))
                .param(
                        "ids",
                        usual.stream()
                                .map(attempt -> attempt.delivery().notificationId())
                                .toArray(Long[]::new))
                .param("providerIds", texts(usual, attempt -> ((Sent) attempt.outcome()).providerId()))
                .param("sentAt", texts(usual, attempt -> attempt.at().toString()))
                .param(
                        "receipts",
                        usual.stream()
                                .map(attempt ->
                                        attempt.delivery().channel().code().equals(ReceiptRows.WHATSAPP))
                                .toArray(Boolean[]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .list());
    }

    private static String[] texts(List<Attempt> attempts, Function<Attempt, @Nullable String> field) {
        String[] column = new String[attempts.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = field.apply(attempts.get(i));
        }
        return column;
    }
}
