package camelbell.recipient;

import camelbell.model.Channel;
import camelbell.model.Person;
import camelbell.model.Plan.Candidates;
import camelbell.model.Plan.Weighed;
import camelbell.model.Plan.Weighed.Outcome;
import camelbell.model.Policy.Audience;
import camelbell.model.Policy.Rule;
import camelbell.model.Wording;
import camelbell.recipient.ConditionCheck.Answer;
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

    /** A channel, and the words of the rule that named it first for somebody. */
    record Over(Channel channel, Wording words) {}

    /** Somebody who is told; people who are told alike share one list. */
    record Share(Person person, List<Over> over) {}

    private final Map<Long, Share> shares = new LinkedHashMap<>();
    private final List<Candidates> candidates = new ArrayList<>();
    private final List<Weighed> weighed = new ArrayList<>();
    private final List<Rule> counted = new ArrayList<>();
    private final Map<List<Over>, List<Over>> alike = new HashMap<>();

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
        Answer event = check == null ? Answer.YES : check.forEvent();
        if (event == Answer.NO || event == Answer.FAILED) {
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

    private static Outcome outcome(Answer answer) {
        return answer == Answer.NO ? Outcome.CONDITION_NOT_MET : Outcome.CONDITION_FAILED;
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

    /** How many notices it comes to. */
    int rows() {
        return shares.values().stream().mapToInt(share -> share.over().size()).sum();
    }

    /** The people of one rule. Each is weighed once, however many of its audiences he stands in. */
    private final class RulePeople {

        private final @Nullable ConditionCheck check;
        private final List<Over> over;
        private final Map<Long, Answer> answers = new HashMap<>();
        private final Map<List<Over>, List<Over>> more = new HashMap<>();

        RulePeople(Rule rule, @Nullable ConditionCheck check) {
            this.check = check;
            this.over = shared(rule.over().stream()
                    .map(channel -> new Over(channel, rule.words()))
                    .toList());
        }

        Candidates of(int number, Audience audience, List<Person> people) {
            Candidates found = empty(number, audience);
            people.forEach(person -> take(person, found));
            return found;
        }

        Candidates of(int number, Audience audience, Collection<Long> ids, Audiences directory) {
            Candidates found = empty(number, audience);
            for (Long id : new LinkedHashSet<>(ids)) {
                Person person = directory.known(id);
                if (person == null) {
                    found.unknown().add(id);
                } else if (person.active()) {
                    take(person, found);
                } else {
                    found.inactive().add(id);
                }
            }
            return found;
        }

        private void take(Person person, Candidates found) {
            Answer answer =
                    check == null ? Answer.YES : answers.computeIfAbsent(person.id(), id -> check.forPerson(person));
            switch (answer) {
                case YES -> {
                    found.told().add(person.id());
                    Share before = shares.get(person.id());
                    shares.put(person.id(), before == null ? new Share(person, over) : joined(before));
                }
                case NO -> found.unmet().add(person.id());
                case FAILED -> found.failed().add(person.id());
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

        private static Candidates empty(int number, Audience audience) {
            return new Candidates(
                    audience,
                    number,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }
}
