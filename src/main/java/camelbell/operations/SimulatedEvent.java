package camelbell.operations;

import camelbell.model.MalformedEvent;
import camelbell.model.NotificationStatus;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.TicketEvent;
import camelbell.model.WrittenMessage;
import camelbell.operations.Explanation.ExplainedEvent;
import camelbell.operations.Explanation.ExplainedRule;
import camelbell.operations.KeptPlan.RuleFate;
import camelbell.operations.KeptPlan.RuleOutcome;
import camelbell.simulation.Simulation;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one event would come to, in the words in which {@link Explanation} says what events have come to.
 *
 * @param rules what became of each rule of the event's type; absent where there is one that always counts
 * @param counts of everybody, however many of them are shown
 * @param people the first of them, or those who were asked for
 * @param more how many there are beyond those who are shown
 */
record SimulatedEvent(
        ExplainedEvent event,
        @Nullable ExplainedRule rule,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RuleFate> rules,
        Totals counts,
        List<SimulatedCandidate> people,
        int more) {

    /**
     * Why the event would be put aside.
     *
     * @param code as dead letters have it
     * @param pointer RFC 6901 JSON pointer of the field, empty for the whole
     */
    record SimulatedDeadLetter(String code, String pointer, String detail) {

        static SimulatedDeadLetter of(MalformedEvent malformed) {
            return new SimulatedDeadLetter(malformed.code(), malformed.pointer(), malformed.detail());
        }

        /** For a sentence: {@code INVALID_FIELD at /data/ticket/id, must be a number}. */
        String sentence() {
            return code + (pointer.isEmpty() ? "" : " at " + pointer) + ", " + detail;
        }
    }

    /** Whom the rules mean, by what it comes to for them, and the notifications of those who are told. */
    record Totals(int people, Map<String, Integer> outcomes, List<ChannelTotals> channels) {

        /** How many messages would go out, or into an inbox. */
        int sent() {
            return channels.stream().mapToInt(ChannelTotals::told).sum();
        }
    }

    /**
     * The notifications over one channel.
     *
     * @param skipped how many would not be sent, by the reason
     */
    record ChannelTotals(String channel, int told, Map<String, Integer> skipped) {}

    /** One person: fields as in {@link Explanation.Candidate}. */
    record SimulatedCandidate(
            long user,
            List<String> because,
            String outcome,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RuleOutcome> rules,
            List<SimulatedNotification> notifications) {}

    /**
     * One notification as it would be recorded.
     *
     * @param reason why it would be skipped
     * @param message what would be sent; absent when it would be skipped
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SimulatedNotification(
            String channel, String status, @Nullable String reason, @Nullable WrittenMessage message) {}

    /**
     * How much of it is shown.
     *
     * @param people at most so many
     * @param size at most about so many characters of messages, but for one person's
     * @param only these people, whoever they are; empty: everybody whom the rules mean
     */
    record Bounds(int people, long size, List<Long> only) {}

    static SimulatedEvent of(Simulation simulation, Plan plan, Instant now, Bounds bounds) {
        KeptPlan kept = KeptPlan.of(plan);
        List<Long> all = bounds.only().isEmpty() ? List.copyOf(kept.people().keySet()) : bounds.only();
        List<SimulatedCandidate> shown = new ArrayList<>();
        Map<Long, List<Notice>> notices = notices(plan, all.subList(0, Math.min(all.size(), bounds.people())));
        long size = 0;
        for (Map.Entry<Long, List<Notice>> one : notices.entrySet()) {
            SimulatedCandidate candidate = candidate(simulation, plan, now, kept, one.getKey(), one.getValue());
            size += size(candidate);
            if (size > bounds.size() && !shown.isEmpty()) {
                break;
            }
            shown.add(candidate);
        }
        return new SimulatedEvent(
                event(plan.event(), now),
                ExplainedRule.of(plan.event().type(), kept),
                kept.rules(),
                counts(plan, kept),
                shown,
                all.size() - shown.size());
    }

    private static ExplainedEvent event(TicketEvent event, Instant now) {
        return new ExplainedEvent(
                event.source(),
                event.id(),
                event.type(),
                event.time(),
                now,
                event.actor(),
                event.ticket().id(),
                event.ticket().title(),
                event.ticket().createdBy(),
                event.assignees(),
                List.of());
    }

    private static Map<Long, List<Notice>> notices(Plan plan, List<Long> people) {
        Map<Long, List<Notice>> notices = new LinkedHashMap<>();
        people.forEach(person -> notices.put(person, new ArrayList<>()));
        plan.notices().forEach(notice -> {
            List<Notice> theirs = notices.get(notice.recipient().id());
            if (theirs != null) {
                theirs.add(notice);
            }
        });
        return notices;
    }

    private static SimulatedCandidate candidate(
            Simulation simulation, Plan plan, Instant now, KeptPlan kept, long user, List<Notice> notices) {
        return new SimulatedCandidate(
                user,
                kept.because(user),
                kept.outcome(user),
                kept.byRule(user),
                notices.stream()
                        .map(notice -> new SimulatedNotification(
                                notice.channel().code(),
                                NotificationStatus.of(notice).name(),
                                notice.skipped(),
                                notice.skipped() == null ? simulation.message(plan, notice, now) : null))
                        .toList());
    }

    private static long size(SimulatedCandidate candidate) {
        return candidate.notifications().stream()
                .mapToLong(one -> one.message() == null ? 0 : one.message().size())
                .sum();
    }

    private static Totals counts(Plan plan, KeptPlan kept) {
        Map<String, Integer> outcomes = new TreeMap<>();
        kept.people().keySet().forEach(user -> outcomes.merge(kept.outcome(user), 1, Integer::sum));
        Map<String, Integer> told = new LinkedHashMap<>();
        Map<String, Map<String, Integer>> skipped = new HashMap<>();
        plan.over().forEach(channel -> told.put(channel.code(), 0));
        plan.notices().forEach(notice -> {
            String channel = notice.channel().code();
            if (notice.skipped() == null) {
                told.merge(channel, 1, Integer::sum);
            } else {
                skipped.computeIfAbsent(channel, any -> new TreeMap<>()).merge(notice.skipped(), 1, Integer::sum);
            }
        });
        List<ChannelTotals> channels = new ArrayList<>();
        told.forEach((channel, count) ->
                channels.add(new ChannelTotals(channel, count, skipped.getOrDefault(channel, Map.of()))));
        return new Totals(kept.people().size(), outcomes, channels);
    }
}
