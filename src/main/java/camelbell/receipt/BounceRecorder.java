package camelbell.receipt;

import camelbell.model.Bounce;
import camelbell.model.Bounce.Kind;
import camelbell.model.NotificationStatus;
import camelbell.model.Receipt;
import camelbell.store.AttemptLog;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes reports down for people who ask why, and turns them into receipts. In its callers' transactions. */
@Component("bounceRecorder")
class BounceRecorder {

    private final JdbcClient jdbc;
    private final AttemptLog attempts;
    private final BounceCount count;

    BounceRecorder(JdbcClient jdbc, AttemptLog attempts, BounceCount count) {
        this.jdbc = jdbc;
        this.attempts = attempts;
        this.count = count;
    }

    /** Notes failures, delays and complaints among the attempts, each report once however often it is read. */
    public void note(List<Bounce> bounces) {
        for (Bounce bounce : bounces) {
            count.add(bounce.kind().name().toLowerCase(Locale.ROOT), 1);
            if (bounce.kind() != Kind.DELIVERED) {
                attempts.note(bounce);
            }
        }
    }

    /** What moves a status; a delay or a complaint does not, nor the failure of a mail that has been sent once more since. */
    public List<Receipt> receipts(List<Bounce> bounces) {
        return bounces.stream()
                .filter(bounce -> bounce.kind() == Kind.DELIVERED || (bounce.kind() == Kind.FAILED && isOfLast(bounce)))
                .map(bounce -> new Receipt(
                        Bounce.CHANNEL, bounce.messageId(), bounce.notification(), status(bounce), reason(bounce)))
                .toList();
    }

    /**
     * A mail that an operator has sent again keeps its Message-ID, so only the report's date tells which of the two it
     * is about: of the earlier one while the later is not out yet, and when it was written before that went out.
     */
    private boolean isOfLast(Bounce bounce) {
        return jdbc.sql(
                        """
                        SELECT NOT EXISTS (
                            SELECT FROM attempt a JOIN notification_log l ON l.id = a.notification_id
                            WHERE l.id = ? AND a.outcome = 'SENT' AND (l.status = 'PENDING' OR (a.at < l.sent_at AND l.sent_at > ?)))
                        """)
                .params(bounce.notification(), bounce.at().plusSeconds(1).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private static NotificationStatus status(Bounce bounce) {
        return bounce.kind() == Kind.FAILED ? NotificationStatus.FAILED : NotificationStatus.DELIVERED;
    }

    private static @Nullable String reason(Bounce bounce) {
        return bounce.kind() == Kind.FAILED ? bounce.reason() : null;
    }
}
