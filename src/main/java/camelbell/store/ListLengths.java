package camelbell.store;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long a person's lists are, from the inbox counters. A length that nobody knows, since the counters are older than it or
 * a node of before has changed them, is counted once and written down; who counts holds no lock, so that nobody waits for
 * him, and writes nothing when something has changed meanwhile.
 */
@Component
public class ListLengths {

    private static final String LENGTHS = "SELECT channel, unread, CASE WHEN counted = xmin THEN listed END AS listed"
            + " FROM inbox WHERE recipient = ?";

    private static final String COUNT =
            """
            SELECT coalesce(i.channel, l.channel) AS channel, i.xmin::text AS version, coalesce(l.n, 0) AS n
            FROM (SELECT channel, xmin FROM inbox WHERE recipient = ?) i FULL JOIN (
                SELECT channel, sum(n) AS n FROM (
                    SELECT channel, count(*) AS n FROM notification_log
                    WHERE recipient = ? AND listed AND read_at IS NULL GROUP BY channel
                    UNION ALL SELECT channel, count(*) FROM notification_log
                    WHERE recipient = ? AND listed AND read_at IS NOT NULL GROUP BY channel) parts
                GROUP BY channel) l
            USING (channel)
            """;
    private static final String WRITE =
            """
            WITH known AS (SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[]) AS k (channel, version, n)),
            held AS MATERIALIZED (
                SELECT i.channel FROM inbox i WHERE i.recipient = ?
                    AND (i.channel, i.xmin::text) IN (SELECT channel, version FROM known)
                ORDER BY i.recipient, i.channel COLLATE "C" FOR UPDATE SKIP LOCKED)
            UPDATE inbox i SET listed = known.n, counted = pg_current_xact_id()::xid
            FROM known JOIN held USING (channel)
            WHERE i.recipient = ? AND i.channel = known.channel AND i.xmin::text = known.version
            """;

    private final JdbcClient jdbc;

    ListLengths(@Qualifier("apiStatements") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Of one channel.
     *
     * @param listed null when nobody knows
     */
    public record Length(long unread, @Nullable Long listed) {}

    private record Counted(String channel, @Nullable String version, long n) {}

    /** By channel, as the counters have it. */
    public Map<String, Length> of(long person) {
        return jdbc
                .sql(LENGTHS)
                .param(person)
                .query((row, number) -> Map.entry(
                        row.getString("channel"),
                        new Length(row.getLong("unread"), row.getObject("listed", Long.class))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Counts how many are listed in each channel, and writes down what can be believed from now on. */
    public void learn(long person) {
        List<Counted> counted = jdbc.sql(COUNT)
                .params(person, person, person)
                .query((row, number) ->
                        new Counted(row.getString("channel"), row.getString("version"), row.getLong("n")))
                .list();
        if (counted.isEmpty() || counted.stream().anyMatch(one -> one.version() == null)) {
            return; // rows without a counter: written past the hub, which counts whatever it writes
        }
        jdbc.sql(WRITE)
                .param(column(counted, Counted::channel))
                .param(column(counted, Counted::version))
                .param(counted.stream().map(Counted::n).toArray(Long[]::new))
                .param(person)
                .param(person)
                .update();
    }

    private static String[] column(List<Counted> counted, Function<Counted, @Nullable String> field) {
        return counted.stream().map(field).toArray(String[]::new);
    }
}
