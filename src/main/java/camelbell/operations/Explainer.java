package camelbell.operations;

import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.operations.ExplainRows.Recorded;
import camelbell.operations.ExplainRows.Sent;
import camelbell.operations.Explanation.Candidate;
import camelbell.operations.Explanation.Notification;
import camelbell.operations.Explanation.Rule;
import camelbell.operations.Explanation.Try;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says why people were notified of an event, or were not: from what was written down then, not from today's directory. */
@Component("explainer")
class Explainer {

    private static final int MOST_EVENTS = 200;

    private final AdminDoor door;
    private final ExplainRows rows;
    private final Directory directory;

    Explainer(AdminDoor door, ExplainRows rows, Directory directory) {
        this.door = door;
        this.rows = rows;
        this.directory = directory;
    }

    /** One event by {@code source} and {@code id}, or one person's share of a ticket's by {@code ticket} and {@code user}. */
    public Answer explain(Map<String, Object> headers) {
        return door.pass(headers, call -> {
            Parameters asked = call.parameters();
            if (!asked.text("source").isEmpty() && !asked.text("id").isEmpty()) {
                return event(asked.text("source"), asked.text("id"));
            }
            Long ticket = asked.id("ticket");
            Long user = asked.id("user");
            return ticket == null || user == null
                    ? Answer.invalid(
                            "query", "Ask with source and id of an event, or with ticket and user, as numbers.")
                    : ticket(ticket, user);
        });
    }

    private Answer event(String source, String id) {
        List<Explanation> found = explain(rows.event(source, id), null);
        return found.isEmpty() ? Answer.notFound() : Answer.ok(found.get(0));
    }

    private Answer ticket(long ticket, long user) {
        List<Recorded> events = rows.ofTicket(ticket, MOST_EVENTS);
        if (events.isEmpty()) {
            return Answer.notFound();
        }
        return Answer.ok(new OfTicket(ticket, Now.of(user, directory.person(user)), explain(events, user)));
    }

    private List<Explanation> explain(List<Recorded> events, @Nullable Long only) {
        Map<Long, List<Sent>> sent =
                rows.notifications(events.stream().map(Recorded::key).toList(), only);
        Map<Long, List<Try>> attempts = rows.attempts(sent.values().stream()
                .flatMap(List::stream)
                .map(one -> one.notification().id())
                .toList());
        return events.stream()
                .map(event -> explain(event, sent.getOrDefault(event.key(), List.of()), attempts, only))
                .toList();
    }

    private static Explanation explain(
            Recorded event, List<Sent> sent, Map<Long, List<Try>> attempts, @Nullable Long only) {
        KeptPlan plan = KeptPlan.parse(event.plan());
        Set<Long> people = new LinkedHashSet<>();
        if (only != null) {
            people.add(only);
        } else if (plan != null) {
            people.addAll(plan.because().keySet());
        }
        sent.forEach(one -> people.add(one.recipient()));
        List<Candidate> candidates = new ArrayList<>();
        for (Long user : people) {
            List<Notification> theirs = sent.stream()
                    .filter(one -> one.recipient() == user)
                    .map(one -> Story.of(one.notification(), attempts))
                    .toList();
            List<String> because = plan == null ? List.of() : plan.because().getOrDefault(user, List.of());
            candidates.add(new Candidate(user, because, outcome(plan, user, theirs), theirs));
        }
        Rule rule = plan == null ? null : new Rule(event.event().type(), plan.tell(), plan.over());
        return new Explanation(event.event(), rule, candidates);
    }

    private static String outcome(@Nullable KeptPlan plan, long user, List<Notification> theirs) {
        if (!theirs.isEmpty()) {
            return "TOLD";
        }
        return plan == null ? "NOT_RECORDED" : plan.outcomes().getOrDefault(user, "NOT_MEANT");
    }

    /** @param events newest first, 200 at most */
    private record OfTicket(long ticket, Now user, List<Explanation> events) {}

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
