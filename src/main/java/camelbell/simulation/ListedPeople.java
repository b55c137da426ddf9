package camelbell.simulation;

import camelbell.model.Directory;
import camelbell.model.Person;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A directory of people who are given one by one. Not for several threads at once. */
public final class ListedPeople implements Directory {

    private final SortedMap<Long, Person> people = new TreeMap<>();
    private final Map<String, List<Person>> roles = new HashMap<>();
    private final Map<String, List<Person>> groups = new HashMap<>();

    /** Takes the person in; of several with one id the last one is it, as on the topic {@code users}. */
    public void add(Person person) {
        people.put(person.id(), person);
        roles.clear();
        groups.clear();
    }

    @Override
    public @Nullable Person person(long id) {
        return people.get(id);
    }

    @Override
    public Map<Long, Person> people(Collection<Long> ids) {
        Map<Long, Person> found = new HashMap<>();
        ids.forEach(id -> {
            Person person = people.get(id);
            if (person != null) {
                found.put(id, person);
            }
        });
        return found;
    }

    @Override
    public List<Person> activeWithRole(String role) {
        return roles.computeIfAbsent(role, any -> active(person -> person.role().equals(role)));
    }

    @Override
    public List<Person> activeInGroup(String group) {
        return groups.computeIfAbsent(
                group, any -> active(person -> person.groups().contains(group)));
    }

    private List<Person> active(Predicate<Person> which) {
        return people.values().stream().filter(Person::active).filter(which).toList();
    }
}
