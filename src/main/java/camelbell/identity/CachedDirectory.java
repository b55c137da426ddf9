package camelbell.identity;

import camelbell.model.Directory;
import camelbell.model.Person;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The directory, read through a cache, so that the hot path asks the database for nobody it has seen since somebody
 * changed. This node's own changes show at once ({@link #forget}), another node's within {@code camelbell.directory.staleness},
 * after which it is asked how far the users topic has been applied, and before the next event that was posted after them
 * ({@link #forgetAll}). What somebody writes into the table by hand is told nowhere, so everybody is read anew at times.
 */
@Component("directory")
class CachedDirectory implements Directory {

    private static final int MAX_PEOPLE = 100_000;

    /** How many times the staleness somebody is kept while the topic says that nobody has changed. */
    private static final int LOOKS = 30;

    private final PersonRows rows;
    private final DirectoryProgress progress;
    private final UnchangedOffsets quiet;
    private final String topic;
    private final Duration staleness;
    private volatile Caches caches;
    private volatile @Nullable Look newest;

    CachedDirectory(
            PersonRows rows,
            DirectoryProgress progress,
            UnchangedOffsets quiet,
            DirectoryProperties properties,
            @Value("${camelbell.kafka.topics.users}") String topic) {
        this.rows = rows;
        this.progress = progress;
        this.quiet = quiet;
        this.topic = topic;
        this.staleness = properties.staleness();
        this.caches = empty();
    }

    /** How far the users topic had been applied at a time. */
    private record Look(long nanos, Map<Integer, Long> applied) {}

    /** As they may be used: without what others may have changed since the newest look, when that is too long ago. */
    private Caches caches() {
        if (!isFresh(newest)) {
            look();
        }
        return caches;
    }

    private boolean isFresh(@Nullable Look look) {
        return look != null && System.nanoTime() - look.nanos < staleness.toNanos();
    }

    /** Several threads may look at once: one that waited for another's might hold the connection that this one needs. */
    void look() {
        long begun = System.nanoTime();
        Map<Integer, Long> applied = progress.of(topic);
        synchronized (this) {
            Look before = newest;
            if (before == null || (!applied.equals(before.applied) && !quiet.cover(before.applied, applied))) {
                forgetAll();
            }
            newest = new Look(before == null ? begun : Math.max(begun, before.nanos), applied);
        }
    }

    @Override
    public @Nullable Person person(long id) {
        return caches().people.get(id).orElse(null);
    }

    @Override
    public @Nullable Person personAtHand(long id) {
        if (!isFresh(newest)) {
            return null;
        }
        Optional<Person> known = caches.people.getIfPresent(id);
        return known == null ? null : known.orElse(null);
    }

    @Override
    public Map<Long, Person> people(Collection<Long> ids) {
        Map<Long, Person> found = new HashMap<>();
        caches().people.getAll(ids).forEach((id, person) -> person.ifPresent(known -> found.put(id, known)));
        return found;
    }

    @Override
    public List<Person> activeWithRole(String role) {
        return caches().roles.get(role);
    }

    @Override
    public List<Person> activeInGroup(String group) {
        return caches().groups.get(group);
    }

    /** Drops what the cache says of these people, and of every role and group: called when their change has been committed. */
    void forget(Collection<Long> ids) {
        Caches now = caches;
        now.people.invalidateAll(ids);
        now.roles.invalidateAll();
        now.groups.invalidateAll();
    }

    /** Whatever is asked from now on is at least as new as the database is now: also what is just being loaded is not kept. */
    void forgetAll() {
        caches = empty();
    }

    private Caches empty() {
        Duration longest = staleness.multipliedBy(LOOKS);
        return new Caches(
                Caffeine.newBuilder()
                        .maximumSize(MAX_PEOPLE)
                        .expireAfterWrite(longest)
                        .build(new PeopleLoader(rows)),
                Caffeine.newBuilder().expireAfterWrite(longest).build(rows::activeByRole),
                Caffeine.newBuilder().expireAfterWrite(longest).build(rows::activeByGroup));
    }

    private record Caches(
            LoadingCache<Long, Optional<Person>> people,
            LoadingCache<String, List<Person>> roles,
            LoadingCache<String, List<Person>> groups) {}

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
