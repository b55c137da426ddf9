package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.Bounce;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes how attempts ended, for people who ask why. An attempt that succeeds at once stands in the log already. */
@Component("attemptLog")
public class AttemptLog {

    private static final Map<Class<? extends DeliveryOutcome>, String> NAMES = Map.of(
            Sent.class, "SENT",
            FailedForNow.class, "FAILED_FOR_NOW",
            FailedForGood.class, "FAILED_FOR_GOOD",
            Skipped.class, "SKIPPED",
            Unavailable.class, "UNAVAILABLE",
            Slowed.class, "SLOWED",
            Throttled.class, "THROTTLED",
            Stopped.class, "STOPPED",
            Unknown.class, "UNKNOWN",
            NotBegun.class, "NOT_BEGUN");

    /** A stranger may write reports; more than so many lines about one mail help nobody. */
    private static final int MOST_LINES = 20;

    private final JdbcClient jdbc;

    AttemptLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the caller's transaction. Noting a batch twice changes nothing: an attempt is known by when it ended. */
    public void note(List<Attempt> attempts) {
        List<Attempt> told = attempts.stream().filter(AttemptLog::telling).toList();
        if (told.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        INSERT INTO attempt (notification_id, at, attempt, outcome, reason)
                        SELECT id, at::timestamptz, attempt, outcome, reason
                        FROM unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::text[])
                             AS u (id, at, attempt, outcome, reason)
                        ON CONFLICT DO NOTHING
                        """)
                .param(told.stream()
                        .map(attempt -> attempt.delivery().notificationId())
                        .toArray(Long[]::new))
                .param(texts(told, attempt -> attempt.at().toString()))
                .param(told.stream()
                        .map(attempt -> attempt.delivery().attempt())
                        .toArray(Integer[]::new))
                .param(texts(told, attempt -> name(attempt.outcome())))
                .param(texts(told, attempt -> reason(attempt.outcome())))
                .update();
    }

    /** Notes what a mail server reported later, once however often it is read. In the caller's transaction. */
    public void note(Bounce bounce) {
        jdbc.sql(
                        """
                        INSERT INTO attempt (notification_id, at, attempt, outcome, reason)
                        SELECT l.id, ?, (SELECT greatest(1, max(a.attempt)) FROM attempt a WHERE a.notification_id = l.id),
                               ?, ?
                        FROM notification_log l
                        WHERE l.id = ? AND l.channel = ? AND l.provider_id = ?
                              AND (SELECT count(*) FROM attempt a WHERE a.notification_id = l.id) < ?
                        ON CONFLICT DO NOTHING
                        """)
                .param(bounce.at().atOffset(ZoneOffset.UTC))
                .param(
                        bounce.kind() == Bounce.Kind.FAILED
                                ? "BOUNCED"
                                : bounce.kind().name())
                .param(bounce.reason())
                .param(bounce.notification())
                .param(Bounce.CHANNEL)
                .param(bounce.messageId())
                .param(MOST_LINES)
                .update();
    }

    private static boolean telling(Attempt attempt) {
        DeliveryOutcome outcome = attempt.outcome();
        return !(outcome instanceof NotBegun)
                && (!(outcome instanceof Sent) || attempt.delivery().attempt() > 1);
    }

    /** As it is stored, and shown to whoever asks why: never the name of a class, which somebody may change. */
    static String name(DeliveryOutcome outcome) {
        return NAMES.getOrDefault(outcome.getClass(), "OTHER");
    }

    private static @Nullable String reason(DeliveryOutcome outcome) {
        if (outcome instanceof FailedForNow failed) {
            return failed.reason();
        } else if (outcome instanceof FailedForGood failed) {
            return failed.reason();
        } else if (outcome instanceof Skipped skipped) {
            return skipped.reason();
        } else if (outcome instanceof Unavailable away) {
            return away.reason();
        } else if (outcome instanceof Slowed slowed) {
            return slowed.reason();
        } else if (outcome instanceof Throttled throttled) {
            return throttled.reason();
        } else if (outcome instanceof Stopped stopped) {
            return stopped.reason();
        } else if (outcome instanceof Unknown unknown) {
            return unknown.reason();
        }
        return null;
    }

    private static String[] texts(List<Attempt> attempts, Function<Attempt, @Nullable String> field) {
        String[] column = new String[attempts.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = field.apply(attempts.get(i));
        }
        return column;
    }
}
