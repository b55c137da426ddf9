package camelbell.identity;

import camelbell.model.Directory;
import camelbell.model.Person;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The directory, read through a cache, so that the hot path asks the database for nobody it has just seen. This node's
 * own changes show at once ({@link #forget}), another node's within {@code camelbell.directory.staleness}.
 */
@Component("directory")
class CachedDirectory implements Directory {

    private static final int MAX_PEOPLE = 100_000;

    private final LoadingCache<Long, Optional<Person>> people;
    private final LoadingCache<String, List<Person>> roles;

    CachedDirectory(PersonRows rows, DirectoryProperties properties) {
        this.people = Caffeine.newBuilder()
                .maximumSize(MAX_PEOPLE)
                .expireAfterWrite(properties.staleness())
                .build(new PeopleLoader(rows));
        this.roles =
                Caffeine.newBuilder().expireAfterWrite(properties.staleness()).build(rows::activeByRole);
    }

    @Override
    public @Nullable Person person(long id) {
        return people.get(id).orElse(null);
    }

    @Override
    public Map<Long, Person> people(Collection<Long> ids) {
        Map<Long, Person> found = new HashMap<>();
        people.getAll(ids).forEach((id, person) -> person.ifPresent(known -> found.put(id, known)));
        return found;
    }

    @Override
    public List<Person> activeWithRole(String role) {
        return roles.get(role);
    }

    /** Drops what the cache says of these people, and of every role: called when their change has been committed. */
    void forget(Collection<Long> ids) {
        people.invalidateAll(ids);
        roles.invalidateAll();
    }

    /** Loads many people in one query; an id without a person is remembered as such. */
    private record PeopleLoader(PersonRows rows) implements CacheLoader<Long, Optional<Person>> {

        @Override
        public Optional<Person> load(Long id) {
            return rows.byId(List.of(id)).stream().findFirst();
        }

        @Override
        public Map<Long, Optional<Person>> loadAll(Set<? extends Long> ids) {
            Map<Long, Optional<Person>> loaded = new LinkedHashMap<>();
            ids.forEach(id -> loaded.put(id, Optional.empty()));
            rows.byId(List.copyOf(ids)).forEach(person -> loaded.put(person.id(), Optional.of(person)));
            return loaded;
        }
    }
}
