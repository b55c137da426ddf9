package camelbell.store;

import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parts each plan of a portion into what is written at once and what waits as slices: all of an event that means more
 * than one transaction should write, whoever still waits for an earlier event of the same ticket, and whoever's inbox
 * somebody holds.
 */
final class Division {

    private final int rows;
    private final Set<Long> held;
    private final Map<Long, Waiting> byTicket = new HashMap<>();
    private final List<Slice.New> slices = new ArrayList<>();

    /**
     * @param rows of one transaction at most
     * @param outstanding who waits for earlier events of the portion's tickets
     * @param held people whose inbox cannot be locked now
     */
    Division(int rows, List<SliceRows.Outstanding> outstanding, Set<Long> held) {
        this.rows = rows;
        this.held = held;
        outstanding.forEach(one -> waiting(one.ticket()).add(List.of(one.person()), one.inbox()));
    }

    /** Whether the plan is more than one transaction should write. */
    static boolean isHuge(Plan plan, int rows) {
        return plan.notices().size() > rows;
    }

    /** What is written at once. */
    List<Notice> now(long eventKey, Plan plan) {
        Waiting waiting = waiting(plan.event().ticket().id());
        List<Notice> now = new ArrayList<>();
        List<Notice> soon = new ArrayList<>();
        List<Notice> later = new ArrayList<>();
        for (Notice notice : plan.notices()) {
            long person = notice.recipient().id();
            if (held.contains(person) || waiting.forInbox.contains(person)) {
                later.add(notice);
            } else if (isHuge(plan, rows) || waiting.forTurn.contains(person)) {
                soon.add(notice);
            } else {
                now.add(notice);
            }
        }
        cut(eventKey, plan, soon, 0);
        cut(eventKey, plan, later, 1);
        return now;
    }

    /** What waits, in the order in which it is to be written. */
    List<Slice.New> slices() {
        return slices;
    }

    private void cut(long eventKey, Plan plan, List<Notice> notices, int tries) {
        Map<Long, List<Notice>> byPerson = new LinkedHashMap<>();
        notices.forEach(notice -> byPerson.computeIfAbsent(notice.recipient().id(), id -> new ArrayList<>())
                .add(notice));
        // a slice has its channels once: people who are told otherwise make another one
        Map<List<Told>, List<List<Notice>>> alike = new LinkedHashMap<>();
        byPerson.values().forEach(theirs -> alike.computeIfAbsent(
                        theirs.stream().map(Told::of).toList(), how -> new ArrayList<>())
                .add(theirs));
        alike.values().forEach(people -> cutAlike(eventKey, plan, people, tries));
    }

    private void cutAlike(long eventKey, Plan plan, Collection<List<Notice>> people, int tries) {
        List<Notice> slice = new ArrayList<>();
        for (List<Notice> theirs : people) {
            if (!slice.isEmpty() && slice.size() + theirs.size() > rows) {
                add(eventKey, plan, slice, tries);
                slice = new ArrayList<>();
            }
            slice.addAll(theirs);
        }
        if (!slice.isEmpty()) {
            add(eventKey, plan, slice, tries);
        }
    }

    private void add(long eventKey, Plan plan, List<Notice> notices, int tries) {
        long ticket = plan.event().ticket().id();
        slices.add(new Slice.New(eventKey, ticket, notices, tries));
        waiting(ticket)
                .add(notices.stream().map(notice -> notice.recipient().id()).toList(), tries > 0);
    }

    /** Over what, in which words. */
    private record Told(String channel, int words) {

        static Told of(Notice notice) {
            return new Told(notice.channel().code(), notice.words());
        }
    }

    private Waiting waiting(long ticket) {
        return byTicket.computeIfAbsent(ticket, id -> new Waiting(new HashSet<>(), new HashSet<>()));
    }

    /** Who waits for an earlier event of one ticket: for its turn to come, or for an inbox to be free. */
    private record Waiting(Set<Long> forTurn, Set<Long> forInbox) {

        void add(List<Long> people, boolean inbox) {
            (inbox ? forInbox : forTurn).addAll(people);
        }
    }
}
