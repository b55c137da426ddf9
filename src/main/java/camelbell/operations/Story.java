package camelbell.operations;

import camelbell.operations.Explanation.Notification;
import camelbell.operations.Explanation.Try;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Joins a notification with its attempts. One that succeeded at once stands in the log alone, as its time of sending. */
final class Story {

    private Story() {}

    static Notification of(Notification row, Map<Long, List<Try>> attempts) {
        List<Try> tries = new ArrayList<>(attempts.getOrDefault(row.id(), List.of()));
        Instant sentAt = row.sentAt();
        boolean inbox = row.seq() != null;
        if (sentAt != null
                && !inbox
                && tries.stream().noneMatch(one -> one.outcome().equals("SENT"))) {
            tries.add(new Try(sentAt, 1, "SENT", null));
        }
        tries.sort(Comparator.comparing(Try::at));
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
                tries);
    }
}
