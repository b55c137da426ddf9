package camelbell.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event, as an operator reads it.
 *
 * @param next the address of the page with further people; absent when these are all
 */
record Explanation(
        Event event,
        @Nullable Rule rule,
        List<Candidate> people,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    /** What the fields of one entry take at most, but for reasons. */
    private static final int BYTES = 400;

    /** The event as it came, and when. */
    record Event(
            String source,
            String id,
            String type,
            Instant occurredAt,
            Instant receivedAt,
            @Nullable Long actor,
            long ticket,
            String ticketTitle,
            long createdBy,
            List<Long> assignees) {}

    /** The rule that matched, as it was then. */
    record Rule(String type, List<String> tell, List<String> over) {

        static @Nullable Rule of(String type, @Nullable KeptPlan plan) {
            return plan == null ? null : new Rule(type, plan.tell(), plan.over());
        }
    }

    /**
     * One person whom the rule meant.
     *
     * @param because the audiences that the person stood in; more than one: told once all the same
     * @param outcome TOLD; TO_BE_WRITTEN, or REFUSED by the database; or why not: INACTIVE, UNKNOWN, NOT_MEANT;
     *     NOT_RECORDED for events from before plans were kept
     */
    record Candidate(long user, List<String> because, String outcome, List<Notification> notifications) {

        /** About how many it takes in an answer. */
        long bytes() {
            return BYTES + notifications.stream().mapToLong(Notification::bytes).sum();
        }
    }

    /**
     * One notification and its history.
     *
     * @param nextAttemptAt while a delivery waits or is under way: when it is due, or its lease ends
     * @param held why it was given back without an attempt, when it was
     */
    record Notification(
            long id,
            String channel,
            String status,
            @Nullable String reason,
            @Nullable Long seq,
            @Nullable String providerId,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable Instant readAt,
            @Nullable Instant nextAttemptAt,
            @Nullable String held,
            List<Try> attempts) {

        private long bytes() {
            return BYTES
                    + length(reason)
                    + attempts.stream().mapToLong(Try::bytes).sum();
        }
    }

    /** How one attempt ended, and what the provider said. */
    record Try(Instant at, int attempt, String outcome, @Nullable String reason) {

        private long bytes() {
            return BYTES + length(reason);
        }
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
