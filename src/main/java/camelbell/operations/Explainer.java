package camelbell.operations;

import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.operations.ExplainRows.EventSize;
import camelbell.operations.ExplainRows.Recorded;
import camelbell.operations.ExplainRows.SentRow;
import camelbell.operations.Explanation.Candidate;
import camelbell.operations.Explanation.ExplainedRule;
import camelbell.operations.Explanation.Notification;
import camelbell.operations.Explanation.Try;
import camelbell.operations.KeptPlan.RuleFate;
import camelbell.rest.Answer;
import camelbell.rest.Query;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says why people were notified of an event, or were not: from what was written down then, not from today's directory. An
 * event may have told tens of thousands, so that answers are pages, bounded by rows and bytes.
 */
@Component("explainer")
class Explainer {

    private static final int MOST_EVENTS = 200;
    private static final int MOST_PEOPLE = 200;
    private static final long MOST_BYTES = 1024 * 1024;

    private final AdminAuthorization authorization;
    private final ExplainRows rows;
    private final Directory directory;

    /** Plans are read whole, and may name tens of thousands. */
    private final Bulkhead turns = new Bulkhead(4, 12);

    Explainer(AdminAuthorization authorization, ExplainRows rows, Directory directory) {
        this.authorization = authorization;
        this.rows = rows;
        this.directory = directory;
    }

    /** One event by {@code source} and {@code id}, or one person's share of a ticket's by {@code ticket} and {@code user}. */
    public Answer explain(Map<String, Object> headers) {
        return authorization.pass(headers, call -> {
            Query asked = call.parameters();
            if (!asked.text("source").isEmpty() && !asked.text("id").isEmpty()) {
                return turns.take(() -> event(call));
            }
            Long ticket = asked.id("ticket");
            Long user = asked.id("user");
            return ticket == null || user == null
                    ? Answer.invalid(
                            "query", "Ask with source and id of an event, or with ticket and user, as numbers.")
                    : turns.take(() -> ticket(call, ticket, user));
        });
    }

    private Answer event(AdminCall call) {
        return rows.event(call.parameters().text("source"), call.parameters().text("id")).stream()
                .findFirst()
                .map(event -> Answer.ok(page(call, event)))
                .orElseGet(Answer::notFound);
    }

    /** So many of the people as fit, those of the plan in its order. */
    private Explanation page(AdminCall call, Recorded event) {
        KeptPlan plan = KeptPlan.parse(event.plan());
        Long cursor = call.parameters().id("cursor");
        long from = cursor == null ? 0 : cursor;
        List<Long> people = plan == null
                ? rows.recipients(event.key(), from, MOST_PEOPLE + 1)
                : plan.people().keySet().stream()
                        .skip(from)
                        .limit(MOST_PEOPLE + 1)
                        .toList();
        List<Candidate> shown = new ArrayList<>();
        long bytes = 0;
        for (Candidate one : candidates(event, plan, people.subList(0, Math.min(people.size(), MOST_PEOPLE)))) {
            bytes += one.bytes();
            if (bytes > MOST_BYTES && !shown.isEmpty()) {
                break;
            }
            shown.add(one);
        }
        String next = null;
        if (shown.size() < people.size()) {
            long reached = plan == null ? people.get(shown.size() - 1) : from + shown.size();
            next = call.next(reached);
        }
        return new Explanation(event.event(), ExplainedRule.of(event.event().type(), plan), fates(plan), shown, next);
    }

    private List<Candidate> candidates(Recorded event, @Nullable KeptPlan plan, List<Long> people) {
        List<SentRow> sent = rows.notifications(List.of(event.key()), people).getOrDefault(event.key(), List.of());
        Map<Long, List<Try>> attempts = attempts(sent);
        Map<Long, String> unwritten =
                rows.unwritten(List.of(event.key()), people).getOrDefault(event.key(), Map.of());
        return people.stream()
                .map(user -> candidate(event, plan, user, sent, unwritten.get(user), attempts))
                .toList();
    }

    private Answer ticket(AdminCall call, long ticket, long user) {
        Long cursor = call.parameters().id("cursor");
        List<EventSize> found = rows.ofTicket(ticket, cursor, MOST_EVENTS + 1);
        if (found.isEmpty() && cursor == null) {
            return Answer.notFound();
        }
        List<Long> shown = new ArrayList<>();
        long bytes = 0;
        for (EventSize one : found) {
            bytes += one.bytes();
            if (shown.size() == MOST_EVENTS || (bytes > MOST_BYTES && !shown.isEmpty())) {
                break;
            }
            shown.add(one.key());
        }
        String next = shown.size() == found.size() ? null : call.next(shown.get(shown.size() - 1));
        return Answer.ok(
                new OfTicket(ticket, Now.of(user, directory.person(user)), share(rows.about(shown, user), user), next));
    }

    /** What the events came to for one person. */
    private List<Explanation> share(List<Recorded> events, long user) {
        Map<Long, List<SentRow>> sent =
                rows.notifications(events.stream().map(Recorded::key).toList(), List.of(user));
        Map<Long, List<Try>> attempts =
                attempts(sent.values().stream().flatMap(List::stream).toList());
        Map<Long, Map<Long, String>> unwritten =
                rows.unwritten(events.stream().map(Recorded::key).toList(), List.of(user));
        return events.stream()
                .map(event -> {
                    KeptPlan plan = KeptPlan.parse(event.plan());
                    List<SentRow> theirs = sent.getOrDefault(event.key(), List.of());
                    String waits = unwritten.getOrDefault(event.key(), Map.of()).get(user);
                    return new Explanation(
                            event.event(),
                            ExplainedRule.of(event.event().type(), plan),
                            fates(plan),
                            List.of(candidate(event, plan, user, theirs, waits, attempts)),
                            null);
                })
                .toList();
    }

    private Map<Long, List<Try>> attempts(List<SentRow> sent) {
        return rows.attempts(sent.stream().map(one -> one.notification().id()).toList());
    }

    private static Candidate candidate(
            Recorded event,
            @Nullable KeptPlan plan,
            long user,
            List<SentRow> sent,
            @Nullable String unwritten,
            Map<Long, List<Try>> attempts) {
        List<Notification> theirs = sent.stream()
                .filter(one -> one.recipient() == user)
                .map(one -> AttemptHistory.of(one.notification(), attempts))
                .toList();
        return new Candidate(
                user,
                plan == null ? List.of() : plan.because(user),
                outcome(event, plan, unwritten, user, theirs),
                plan == null ? List.of() : plan.byRule(user),
                theirs);
    }

    private static List<RuleFate> fates(@Nullable KeptPlan plan) {
        return plan == null ? List.of() : plan.rules();
    }

    private static String outcome(
            Recorded event, @Nullable KeptPlan plan, @Nullable String unwritten, long user, List<Notification> theirs) {
        if (!theirs.isEmpty()) {
            return "TOLD";
        }
        if (event.left()) {
            return "ARCHIVED";
        }
        if (unwritten != null) {
            return unwritten;
        }
        return plan == null ? "NOT_RECORDED" : plan.outcome(user);
    }

    /**
     * One person's share of a ticket.
     *
     * @param events newest first, 200 at most
     * @param next the address of the page with older ones; absent when these are all
     */
    private record OfTicket(
            long ticket,
            Now user,
            List<Explanation> events,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {}

    /** The person in the directory as it is now, without any address. */
    private record Now(
            long id, boolean known, @Nullable Boolean active, @Nullable String role, List<String> addresses) {

        static Now of(long id, @Nullable Person person) {
            return person == null
                    ? new Now(id, false, null, null, List.of())
                    : new Now(
                            id,
                            true,
                            person.active(),
                            person.role(),
                            person.contacts().keySet().stream().sorted().toList());
        }
    }
}
