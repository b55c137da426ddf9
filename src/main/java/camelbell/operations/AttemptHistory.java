package camelbell.operations;

import camelbell.operations.Explanation.Notification;
import camelbell.operations.Explanation.Try;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Joins a notification with its attempts. One that succeeded at once stands in the log alone, as its time of sending. */
final class AttemptHistory {

    /** What mail servers reported later, in the order in which it can come after the sending. */
    private static final List<String> REPORTS = List.of("DELAYED", "BOUNCED", "COMPLAINED");

    private AttemptHistory() {}

    static Notification of(Notification row, Map<Long, List<Try>> attempts) {
        List<Try> tries = new ArrayList<>(attempts.getOrDefault(row.id(), List.of()));
        Instant sentAt = row.sentAt();
        boolean inbox = row.seq() != null;
        if (sentAt != null
                && !inbox
                && tries.stream().noneMatch(one -> sent(one) && one.at().equals(sentAt))) {
            tries.add(new Try(sentAt, 1, "SENT", null));
        }
        return new Notification(
                row.id(),
                row.channel(),
                row.status(),
                row.reason(),
                row.seq(),
                row.providerId(),
                row.createdAt(),
                row.sentAt(),
                row.readAt(),
                row.nextAttemptAt(),
                row.held(),
                ordered(tries));
    }

    /**
     * By time, but no report before the sending. A report is dated by the mail server's clock, in whole seconds
     * (RFC 5322 §3.3): it counts as of the second's end, and never as earlier than the first sending.
     */
    private static List<Try> ordered(List<Try> tries) {
        Instant firstSent = tries.stream()
                .filter(AttemptHistory::sent)
                .map(Try::at)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        tries.sort(Comparator.comparing((Try one) -> order(one, firstSent))
                .thenComparing(one -> REPORTS.indexOf(one.outcome()))
                .thenComparing(Try::at));
        return tries;
    }

    private static Instant order(Try one, Instant firstSent) {
        if (!REPORTS.contains(one.outcome())) {
            return one.at();
        }
        Instant end = one.at().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).minusNanos(1);
        return end.isBefore(firstSent) ? firstSent : end;
    }

    private static boolean sent(Try one) {
        return one.outcome().equals("SENT");
    }
}
