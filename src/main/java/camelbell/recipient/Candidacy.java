package camelbell.recipient;

import camelbell.model.Person;
import camelbell.model.Plan.Candidates;
import camelbell.model.Policy.Audience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Collects the people whom one event's rule means: who is told, each once, and who is left out and why. */
final class Candidacy {

    private final Map<Long, Person> recipients = new LinkedHashMap<>();
    private final List<Candidates> candidates = new ArrayList<>();

    /** An audience of active people. */
    void active(Audience audience, List<Person> people) {
        people.forEach(person -> recipients.putIfAbsent(person.id(), person));
        candidates.add(new Candidates(audience, people.stream().map(Person::id).toList(), List.of(), List.of()));
    }

    /** An audience that the event names by ids. */
    void named(Audience audience, List<Long> ids, Map<Long, Person> directory) {
        List<Long> told = new ArrayList<>();
        List<Long> inactive = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (Long id : new LinkedHashSet<>(ids)) {
            Person person = directory.get(id);
            if (person == null) {
                unknown.add(id);
            } else if (person.active()) {
                told.add(id);
                recipients.putIfAbsent(id, person);
            } else {
                inactive.add(id);
            }
        }
        candidates.add(new Candidates(audience, told, inactive, unknown));
    }

    Collection<Person> recipients() {
        return recipients.values();
    }

    List<Candidates> candidates() {
        return candidates;
    }
}
