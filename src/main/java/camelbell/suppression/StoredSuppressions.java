package camelbell.suppression;

import camelbell.model.Channel;
import camelbell.model.Dispatch;
import camelbell.model.Person;
import camelbell.model.Suppressions;
import camelbell.suppression.SuppressionRows.Stop;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Suppressions behind a cache, so that sending asks the database for nobody whom planning has just asked for. */
@Component("suppressions")
class StoredSuppressions implements Suppressions {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSuppressions.class);

    private static final int MAX_PEOPLE = 100_000;

    private final SuppressionRows rows;
    private final boolean keeps;
    private final LoadingCache<Long, Map<String, Stop>> people;

    StoredSuppressions(SuppressionRows rows, @Value("${camelbell.directory.staleness}") Duration staleness) {
        this.rows = rows;
        this.keeps = !staleness.isZero();
        this.people = Caffeine.newBuilder()
                .maximumSize(MAX_PEOPLE)
                .expireAfterWrite(staleness)
                .build(new Loader(rows));
    }

    @Override
    public void expect(Collection<Person> expected) {
        var unused = people.getAll(expected.stream().map(Person::id).toList());
    }

    /**
     * The same for work that has waited in the table, which is claimed by now: a database that has gone away meanwhile
     * must not cost the work its way to the channels, which ask again.
     */
    public void expectFor(List<Dispatch> dispatches) {
        try {
            expect(dispatches.stream()
                    .map(dispatch -> dispatch.deliveries().get(0).recipient())
                    .toList());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("suppressions not known, the channels ask one by one: {}", e.getMessage());
        }
    }

    @Override
    public boolean isKnown(Person person) {
        return !keeps || people.getIfPresent(person.id()) != null; // if nothing is kept, nobody looks ahead
    }

    @Override
    public @Nullable String reason(Person person, Channel channel) {
        Stop stop = channel.inbox() ? null : people.get(person.id()).get(channel.code());
        if (stop == null) {
            return null;
        }
        String address = person.addressOn(channel);
        boolean bounced = address != null && AddressDigest.of(address).equals(stop.bouncedAddress());
        return stop.optedOut() ? OPTED_OUT : bounced ? ADDRESS_BOUNCED : null;
    }

    @Override
    public boolean lift(long person, String channel, String why) {
        boolean lifted = why.equals(OPTED_OUT) ? rows.comeBack(person, channel) : rows.pardon(person, channel);
        if (lifted) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    forget(person);
                }
            });
        }
        return lifted;
    }

    @Override
    public void forget(long person) {
        people.invalidate(person);
    }

    /** Loads many people in one query; somebody without suppressions is remembered as such. */
    private record Loader(SuppressionRows rows) implements CacheLoader<Long, Map<String, Stop>> {

        @Override
        public Map<String, Stop> load(Long id) {
            return rows.of(List.of(id)).getOrDefault(id, Map.of());
        }

        @Override
        public Map<Long, Map<String, Stop>> loadAll(Set<? extends Long> ids) {
            Map<Long, Map<String, Stop>> loaded = new HashMap<>();
            ids.forEach(id -> loaded.put(id, Map.of()));
            loaded.putAll(rows.of(List.copyOf(ids)));
            return loaded;
        }
    }
}
