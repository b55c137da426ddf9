package camelbell.recipient;

import camelbell.model.Channel;
import camelbell.model.Person;
import camelbell.model.Plan.Candidates;
import camelbell.model.Plan.Weighed;
import camelbell.model.Plan.Weighed.Outcome;
import camelbell.model.Policy.Audience;
import camelbell.model.Policy.Rule;
import camelbell.model.Wording;
import camelbell.recipient.ConditionCheck.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects whom one event's rules mean: who is told, each once, over what, in which words, and who is left out and why.
 * Its order is that of the rules and of the directory, so that it comes out the same whenever it is planned again.
 */
final class Candidacy {

    /** So many of those for whom a condition does not hold are named, and of those for whom it fails: it may be everybody. */
    static final int MOST_LEFT_OUT = 1000;

    /** A channel, and the words of the rule that named it first for somebody. */
    record Over(Channel channel, Wording words) {}

    /** Somebody who is told; people who are told alike share one list. */
    record Share(Person person, List<Over> over) {}

    private final Map<Long, Share> shares = new LinkedHashMap<>();
    private final List<Candidates> candidates = new ArrayList<>();
    private final List<Weighed> weighed = new ArrayList<>();
    private final List<Rule> counted = new ArrayList<>();
    private final Map<List<Over>, List<Over>> alike = new HashMap<>();
    private int met;

    /** Where the people of an audience are found; asked only for rules that count. */
    interface Audiences {

        /** Active people, by ascending id. */
        List<Person> active(Audience audience);

        /** The ids of an audience that is named by ids; null for one that is not. */
        @Nullable
        Collection<Long> ids(Audience audience);

        /** The person with this id, active or not; null when the directory has none. */
        @Nullable
        Person known(Long id);
    }

    /** @param check of the rule's condition; null where there is none */
    void add(int number, Rule rule, @Nullable ConditionCheck check, Audiences audiences) {
        Truth event = check == null ? Truth.YES : check.forEvent();
        if (event == Truth.NO || event == Truth.FAILED) {
            weighed.add(new Weighed(number, rule, outcome(event), error(check)));
            return;
        }
        counted.add(rule);
        RulePeople people = new RulePeople(rule, event == null ? check : null);
        for (Audience audience : rule.tell()) {
            Collection<Long> ids = audiences.ids(audience);
            candidates.add(
                    ids == null
                            ? people.of(number, audience, audiences.active(audience))
                            : people.of(number, audience, ids, audiences));
        }
        weighed.add(new Weighed(number, rule, Outcome.COUNTED, error(check)));
    }

    private static Outcome outcome(Truth answer) {
        return answer == Truth.NO ? Outcome.CONDITION_NOT_MET : Outcome.CONDITION_FAILED;
    }

    private static @Nullable String error(@Nullable ConditionCheck check) {
        return check == null ? null : check.error();
    }

    Collection<Share> shares() {
        return shares.values();
    }

    List<Candidates> candidates() {
        return candidates;
    }

    List<Weighed> weighed() {
        return weighed;
    }

    /** The rules that counted, in their order. */
    List<Rule> counted() {
        return counted;
    }

    /** How many notices it comes to, or how many people it took to find that out, whichever is more. */
    int size() {
        return Math.max(
                met,
                shares.values().stream().mapToInt(share -> share.over().size()).sum());
    }

    /** The people of one rule. Each is weighed once, however many of its audiences he stands in. */
    private final class RulePeople {

        private final @Nullable ConditionCheck check;
        private final List<Over> over;
        private final Map<Long, Truth> answers = new HashMap<>();
        private final Map<List<Over>, List<Over>> more = new HashMap<>();

        RulePeople(Rule rule, @Nullable ConditionCheck check) {
            this.check = check;
            this.over = shared(rule.over().stream()
                    .map(channel -> new Over(channel, rule.words()))
                    .toList());
        }

        Candidates of(int number, Audience audience, List<Person> people) {
            Found found = new Found();
            people.forEach(person -> take(person, found));
            return found.of(number, audience);
        }

        Candidates of(int number, Audience audience, Collection<Long> ids, Audiences directory) {
            Found found = new Found();
            for (Long id : new LinkedHashSet<>(ids)) {
                Person person = directory.known(id);
                if (person != null && person.active()) {
                    take(person, found);
                } else {
                    met++;
                    (person == null ? found.unknown : found.inactive).add(id);
                }
            }
            return found.of(number, audience);
        }

        private void take(Person person, Found found) {
            met++;
            Truth answer =
                    check == null ? Truth.YES : answers.computeIfAbsent(person.id(), id -> check.forPerson(person));
            switch (answer) {
                case YES -> {
                    found.told.add(person.id());
                    Share before = shares.get(person.id());
                    shares.put(person.id(), before == null ? new Share(person, over) : joined(before));
                }
                case NO -> found.leftOut(found.unmet, person);
                case FAILED -> found.leftOut(found.failed, person);
            }
        }

        private Share joined(Share before) {
            List<Over> union = more.computeIfAbsent(before.over(), this::union);
            return union.size() == before.over().size() ? before : new Share(before.person(), union);
        }

        private List<Over> union(List<Over> before) {
            List<Over> union = new ArrayList<>(before);
            over.stream()
                    .filter(one ->
                            before.stream().noneMatch(had -> had.channel().equals(one.channel())))
                    .forEach(union::add);
            return union.size() == before.size() ? before : shared(union);
        }

        private List<Over> shared(List<Over> list) {
            return alike.computeIfAbsent(list, List::copyOf);
        }
    }

    /** The people of one audience, as they are found. */
    private static final class Found {

        private final List<Long> told = new ArrayList<>();
        private final List<Long> inactive = new ArrayList<>();
        private final List<Long> unknown = new ArrayList<>();
        private final List<Long> unmet = new ArrayList<>();
        private final List<Long> failed = new ArrayList<>();
        private int unlisted;

        void leftOut(List<Long> why, Person person) {
            if (why.size() < MOST_LEFT_OUT) {
                why.add(person.id());
            } else {
                unlisted++;
            }
        }

        Candidates of(int number, Audience audience) {
            return new Candidates(audience, number, told, inactive, unknown, unmet, failed, unlisted);
        }
    }
}
