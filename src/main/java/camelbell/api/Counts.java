package camelbell.api;

import camelbell.store.Condition;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many notifications a list has, exactly, without reading all of them for every page. Whatever changes what is listed
 * (recording, skipping, marking, forgetting) changes the person's rows of the table inbox in the same transaction, on every
 * node; so a count is good for as long as those rows have the versions (xmin) that were seen in the count's own snapshot.
 */
@Component
class Counts {

    private static final int MOST = 20_000;
    private static final String VERSION =
            "SELECT coalesce(string_agg(channel || ' ' || xmin::text, ',' ORDER BY channel), '') FROM inbox WHERE recipient = ?";

    private final JdbcClient jdbc;
    private final Cache<Condition, Counted> known;
    private final Flights<Condition, Counted> flights;

    Counts(@Qualifier("apiJdbc") JdbcClient jdbc, ApiProperties api) {
        this.jdbc = jdbc;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(api.countsKept())
                .build();
        Duration oneBefore = api.queryTimeout().multipliedBy(2);
        this.flights = new Flights<>(oneBefore);
    }

    /** @param inbox the versions of the person's inbox rows */
    private record Counted(String inbox, long count) {}

    /** Of what changes with the person's inbox. */
    long kept(long person, Condition condition) {
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
    long fresh(long person, Condition condition) {
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
