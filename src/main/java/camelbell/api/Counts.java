package camelbell.api;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.store.Condition;
import camelbell.store.ListLengths;
import camelbell.store.ListLengths.Length;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many notifications a list has, exactly, without reading all of them for every page. The inbox counters say it of lists
 * by channel and by "read". Others are counted and remembered: whatever changes what is listed (recording, skipping, marking,
 * forgetting) changes the person's rows of the table inbox in the same transaction, on every node; so a count is good for as
 * long as those rows have the versions (xmin) that were seen in the count's own snapshot.
 */
@Component
class Counts {

    private static final int MOST = 20_000;
    private static final String VERSION =
            "SELECT coalesce(string_agg(channel || ' ' || xmin::text, ',' ORDER BY channel), '') FROM inbox WHERE recipient = ?";

    private final JdbcClient jdbc;
    private final Cache<Condition, Counted> known;
    private final Flights<Condition, Counted> flights;

    private final ListLengths lengths;
    private final Flights<Long, Boolean> learning;
    private final Current<Policy> policy;
    private final boolean believed;

    Counts(
            @Qualifier("apiStatements") JdbcClient jdbc,
            ListLengths lengths,
            Current<Policy> policy,
            ApiProperties api) {
        this.jdbc = jdbc;
        this.lengths = lengths;
        this.policy = policy;
        this.believed = !api.countsKept().isZero();
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(api.countsKept())
                .build();
        Duration oneBefore = api.queryTimeout().multipliedBy(2);
        this.flights = new Flights<>(oneBefore);
        this.learning = new Flights<>(oneBefore);
    }

    /** @param inbox the versions of the person's inbox rows */
    private record Counted(String inbox, long count) {}

    /**
     * How many notifications are meant, and where they may be.
     *
     * @param channels those that the person may have any in
     */
    record Of(long count, Set<String> channels) {}

    Of of(long person, Filter filter) {
        Condition condition = filter.condition();
        if (!filter.changesWithInbox()) {
            return new Of(fresh(person, condition), Set.of());
        }
        if (!filter.isCounted()) {
            return new Of(kept(person, condition), Set.of());
        }
        Map<String, Length> counters = lengths.of(person);
        Set<String> channels = union(counters.keySet());
        Long count = believed ? filter.count(counters) : null;
        if (believed && count == null) {
            learning.join(person, () -> {
                lengths.learn(person);
                return true;
            });
            count = filter.count(lengths.of(person));
        }
        return new Of(count == null || counters.isEmpty() ? kept(person, condition) : count, channels);
    }

    /** Where the notifications may be that are meant; empty where that does not matter. */
    Set<String> channels(Filter filter) {
        return filter.isCounted() && filter.channel() == null && filter.read() != null
                ? union(lengths.of(filter.recipient()).keySet())
                : Set.of();
    }

    /** Also those of the policy table: rows that were written past the hub may have no counters. */
    private Set<String> union(Set<String> counted) {
        Set<String> channels = new TreeSet<>(counted);
        channels.addAll(policy.now().channels().keySet());
        return channels;
    }

    /** Of what changes with the person's inbox. */
    private long kept(long person, Condition condition) {
        Counted before = known.getIfPresent(condition);
        if (before != null && before.inbox().equals(version(person))) {
            return before.count();
        }
        return flights.join(condition, () -> {
                    Counted now = count(person, condition);
                    if (!now.inbox().isEmpty()) {
                        known.put(condition, now);
                    }
                    return now;
                })
                .count();
    }

    /** Of what may change without it, such as a status; still one count at a time, for all who wait. */
    private long fresh(long person, Condition condition) {
        return flights.join(condition, () -> count(person, condition)).count();
    }

    private String version(long person) {
        return jdbc.sql(VERSION).param(person).query(String.class).single();
    }

    /** One statement, so that both are of one snapshot. */
    private Counted count(long person, Condition condition) {
        return jdbc.sql("SELECT (" + VERSION + "), count(*) FROM notification_log n WHERE " + condition.sql())
                .param(person)
                .params(condition.values())
                .query((row, number) -> new Counted(row.getString(1), row.getLong(2)))
                .single();
    }
}
