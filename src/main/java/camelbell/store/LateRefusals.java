package camelbell.store;

import camelbell.model.NotificationStatus;
import camelbell.model.Receipt;
import camelbell.store.ReceiptRows.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Free text that Meta took and refused afterwards, because the person had not written for a day: it goes out once more,
 * as the template. Runs in its caller's transaction, which holds the notification's lock.
 */
@Component
class LateRefusals {

    /** Meta's refusal of free text more than 24 hours after the person's last message. */
    private static final String OUTSIDE_WINDOW = "META 131047";

    /** Among the attempts it tells people why there was another one, and us that there is none to come. */
    private static final String NOTED = "REFUSED_AS_TEXT";

    private final JdbcClient jdbc;
    private final Requeue requeue;
    private final boolean freeText;

    LateRefusals(JdbcClient jdbc, @Value("${camelbell.whatsapp.message-type}") String type) {
        this.jdbc = jdbc;
        this.requeue = new Requeue(jdbc);
        this.freeText = type.equalsIgnoreCase("text");
    }

    /** True when the notification is PENDING again; false for every other receipt, and for a second refusal. */
    boolean sendAgain(Target target, Receipt receipt, Instant now) {
        boolean refused = freeText
                && receipt.channel().equals(ReceiptRows.WHATSAPP)
                && receipt.status() == NotificationStatus.FAILED
                && OUTSIDE_WINDOW.equals(receipt.reason())
                && target.status() == NotificationStatus.SENT;
        if (!refused || !isFirst(target.notification(), now)) {
            return false;
        }
        requeue.refused(target.notification(), receipt.providerId(), now);
        return true;
    }

    private boolean isFirst(long notification, Instant now) {
        return jdbc.sql(
                                """
                                INSERT INTO attempt (notification_id, at, attempt, outcome, reason)
                                SELECT ?, ?, greatest(1, max(attempt)), ?, ? FROM attempt WHERE notification_id = ?
                                HAVING count(*) FILTER (WHERE outcome = ?) = 0
                                """)
                        .params(notification, utc(now), NOTED, OUTSIDE_WINDOW, notification, NOTED)
                        .update()
                == 1;
    }

    private static Object utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
