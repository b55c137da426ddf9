package camelbell.log;

import camelbell.model.Attempt;
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
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes how attempts ended, for people who ask why. An attempt that succeeds at once stands in the log already. */
@Component("attemptLog")
class AttemptLog {

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

    private static boolean telling(Attempt attempt) {
        DeliveryOutcome outcome = attempt.outcome();
        return !(outcome instanceof NotBegun)
                && (!(outcome instanceof Sent) || attempt.delivery().attempt() > 1);
    }

    /** {@code FailedForNow} as {@code FAILED_FOR_NOW}. */
    private static String name(DeliveryOutcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
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
