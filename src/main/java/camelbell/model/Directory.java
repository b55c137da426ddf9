package camelbell.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The people the hub knows, from the users topic. Answers may be as old as {@code camelbell.directory.staleness}; of what was
 * changed by hand in the database, thirty times that.
 */
public interface Directory {

    /** The person, active or not, or null when the directory has no such id. */
    @Nullable
    Person person(long id);

    /** The same without asking the database: null also when it would have to be asked. */
    default @Nullable Person personAtHand(long id) {
        return null;
    }

    /** Those of the ids that the directory has, active or not, by id. */
    Map<Long, Person> people(Collection<Long> ids);

    /** Every active person with this role, by ascending id. */
    List<Person> activeWithRole(String role);

    /** Every active person in this group, by ascending id; nobody when there is no such group. */
    List<Person> activeInGroup(String group);
}
