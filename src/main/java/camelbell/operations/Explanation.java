package camelbell.operations;

import camelbell.operations.KeptPlan.RuleFate;
import camelbell.operations.KeptPlan.RuleOutcome;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event, as an operator reads it.
 *
 * @param rules what became of each rule of the event's type; absent where there was one that always counts
 * @param next the address of the page with further people; absent when these are all
 */
record Explanation(
        ExplainedEvent event,
        @Nullable ExplainedRule rule,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RuleFate> rules,
        List<Candidate> people,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    /** What the fields of one entry take at most, but for reasons. */
    private static final int BYTES = 400;

    /**
     * The event as it came, and when.
     *
     * @param archived files below the folder of the archive in which what is missing here may be: of the event itself, where it
     *     has left (what is null here stands there), and of notifications and attempts of its month and the next one
     */
    record ExplainedEvent(
            String source,
            String id,
            String type,
            Instant occurredAt,
            Instant receivedAt,
            @Nullable Long actor,
            long ticket,
            @Nullable String ticketTitle,
            @Nullable Long createdBy,
            List<Long> assignees,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> archived) {}

    /** Whom the rules that counted meant, and over what, as it was then. */
    record ExplainedRule(String type, List<String> tell, List<String> over) {

        static @Nullable ExplainedRule of(String type, @Nullable KeptPlan plan) {
            return plan == null ? null : new ExplainedRule(type, plan.tell(), plan.over());
        }
    }

    /**
     * One person whom a rule meant.
     *
     * @param because the audiences that the person stood in; more than one: told once all the same
     * @param outcome TOLD; TO_BE_WRITTEN, or REFUSED by the database; ARCHIVED, where the event has left for a file; or why not:
     *     CONDITION_FAILED, CONDITION_NOT_MET, INACTIVE, UNKNOWN, NOT_MEANT;
     *     NOT_RECORDED for events from before plans were kept, and where a condition left out more people than are listed
     * @param rules what each rule came to for the person; absent where there was one that always counts
     */
    record Candidate(
            long user,
            List<String> because,
            String outcome,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RuleOutcome> rules,
            List<Notification> notifications) {

        /** About how many it takes in an answer. */
        long bytes() {
            return BYTES * (1L + rules.size())
                    + notifications.stream().mapToLong(Notification::bytes).sum();
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
