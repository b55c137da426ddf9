package camelbell.suppression;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table opt_out. Its transactions are its callers'. */
@Component
class SuppressionRows {

    private final JdbcClient jdbc;

    SuppressionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is on file of each of these people, by channel; people without anything are left out. */
    Map<Long, Map<String, Stop>> of(Collection<Long> people) {
        Map<Long, Map<String, Stop>> found = new HashMap<>();
        jdbc.sql("SELECT person, channel FROM opt_out WHERE person = ANY(?)")
                .param(people.toArray(Long[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getLong("person"), id -> new HashMap<>())
                            .put(row.getString("channel"), new Stop(true, null));
                });
        return found;
    }

    boolean hasOptedOut(long person, String channel) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM opt_out WHERE person = ? AND channel = ?)")
                .params(person, channel)
                .query(Boolean.class)
                .single();
    }

    /** True when it changed anything. */
    boolean optOut(long person, String channel, Instant now) {
        return jdbc.sql("INSERT INTO opt_out (person, channel, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(person, channel, now.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    boolean comeBack(long person, String channel) {
        return jdbc.sql("DELETE FROM opt_out WHERE person = ? AND channel = ?")
                        .params(person, channel)
                        .update()
                > 0;
    }

    /**
     * What stands between a person and a channel.
     *
     * @param bouncedAddress digest of the address that was refused for good, or null
     */
    record Stop(boolean optedOut, byte @Nullable [] bouncedAddress) {}
}
