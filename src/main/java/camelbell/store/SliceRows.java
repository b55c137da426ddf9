package camelbell.store;

import camelbell.model.QuietLook;
import camelbell.model.StopSignal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The event_slice table. Its transactions are its callers'; its dates are the database's. */
@Component
class SliceRows {

    /** Doubled with each try. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final QuietLook look = new QuietLook();

    SliceRows(JdbcClient jdbc, StopSignal stop) {
        this.jdbc = jdbc;
        stop.onStop(look::end);
    }

    /** How long a slice waits after so many tries. */
    private static double seconds(int tries) {
        if (tries == 0) {
            return 0;
        }
        double doubled = FIRST_WAIT.toMillis() * Math.pow(2, tries - 1.0);
        return Math.min(doubled, (double) LONGEST_WAIT.toMillis()) / 1000;
    }

    void insert(Slice.New slice) {
        insert(slice.eventKey(), slice.ticket(), SliceContent.of(slice.notices()), slice.tries());
    }

    /** Returns when this tick looks for slices: at once while this node has some, after a second for those of others. */
    void await() throws InterruptedException {
        look.await(); // the route itself asks whether the hub stops
    }

    private void insert(long eventKey, long ticket, SliceContent content, int tries) {
        jdbc.sql(
                        """
                        INSERT INTO event_slice (event, ticket, recipients, lowest, highest, channels, channel_words, skipped, due_at,
                            tries)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, now() + make_interval(secs => ?), ?)
                        """)
                .param(eventKey)
                .param(ticket)
                .param(content.recipients().toArray(Long[]::new))
                .param(Collections.min(content.recipients()))
                .param(Collections.max(content.recipients()))
                .param(content.channels().toArray(String[]::new))
                .param(content.hasOwnWords() ? null : content.words().toArray(Short[]::new))
                .param(content.skippedJson())
                .param(seconds(tries))
                .param(tries)
                .update();
        AfterCommit.run(look::busy);
    }

    /**
     * The slice that is due longest and waits for nobody, locked; null when there is none. An earlier slice of the ticket
     * that may have people in common and only waits for its turn goes first; one that waits for an inbox holds up its own
     * people alone ({@link #before}).
     *
     * @param channels those that all of the slice's must be among
     */
    @Nullable
    Slice claim(Collection<String> channels) {
        Slice slice = due(channels);
        if (slice != null) {
            look.busy();
        }
        return slice;
    }

    private @Nullable Slice due(Collection<String> channels) {
        return jdbc.sql(
                        """
                        SELECT s.id AS slice, s.event AS event_key, s.recipients, s.channels, s.channel_words, s.skipped,
                            s.tries,
                        """
                                + EventColumns.OF_E
                                + """
                        FROM event_slice s JOIN ticket_event e ON e.id = s.event
                        WHERE s.due_at <= now() AND s.refused IS NULL AND s.channels <@ ?::text[] AND NOT EXISTS (
                            SELECT FROM event_slice o
                            WHERE o.ticket = s.ticket AND o.event < s.event AND o.tries = 0 AND o.refused IS NULL
                                AND o.lowest <= s.highest AND o.highest >= s.lowest)
                        ORDER BY s.due_at, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
                        """)
                .param(channels.toArray(String[]::new))
                .query((row, number) -> slice(row))
                .optional()
                .orElse(null);
    }

    /** Those of the slice for whom earlier events of its ticket are still to be written. */
    Set<Long> before(Slice slice) {
        Long[] people = slice.content().recipients().toArray(Long[]::new);
        return new HashSet<>(jdbc.sql(
                        """
                        SELECT DISTINCT waits.person
                        FROM event_slice s CROSS JOIN LATERAL unnest(s.recipients) AS waits (person)
                        JOIN unnest(?::bigint[]) AS mine (person) ON mine.person = waits.person
                        WHERE s.ticket = ? AND s.event < ? AND s.refused IS NULL AND s.lowest <= ? AND s.highest >= ?
                        """)
                .param(people)
                .param(slice.event().ticket().id())
                .param(slice.eventKey())
                .param(Collections.max(slice.content().recipients()))
                .param(Collections.min(slice.content().recipients()))
                .query(Long.class)
                .list());
    }

    /**
     * Who of these people still waits for an earlier event of these tickets. However much waits, no more is read than was
     * asked for. In passing it bounds the transaction's waits for locks ({@link InboxLocks}).
     *
     * @param turns those of the tickets for which it matters who only waits for his turn
     */
    List<Outstanding> outstanding(
            Collection<Long> tickets, Collection<Long> turns, Collection<Long> people, String patience) {
        List<Outstanding> found = new ArrayList<>();
        jdbc.sql(
                        """
                        SELECT s.ticket, waits.person, bool_or(s.tries > 0) AS inbox
                        FROM (SELECT set_config('lock_timeout', ?, true)) AS bounded
                        LEFT JOIN (event_slice s CROSS JOIN LATERAL unnest(s.recipients) AS waits (person)
                                   JOIN unnest(?::bigint[]) AS meant (person) ON meant.person = waits.person)
                            ON s.ticket = ANY(?) AND s.refused IS NULL AND (s.tries > 0 OR s.ticket = ANY(?))
                        GROUP BY s.ticket, waits.person
                        """)
                .param(patience)
                .param(people.toArray(Long[]::new))
                .param(tickets.toArray(Long[]::new))
                .param(turns.toArray(Long[]::new))
                .query(row -> {
                    long person = row.getLong("person");
                    if (!row.wasNull()) {
                        found.add(new Outstanding(row.getLong("ticket"), person, row.getBoolean("inbox")));
                    }
                });
        return found;
    }

    /**
     * Somebody for whom an event of a ticket is still to be written.
     *
     * @param inbox true when it waits for his inbox, false when only for its turn
     */
    record Outstanding(long ticket, long person, boolean inbox) {}

    void delete(Slice slice) {
        jdbc.sql("DELETE FROM event_slice WHERE id = ?").param(slice.id()).update();
    }

    /** Leaves a part of it to a later try. */
    void keep(Slice slice, SliceContent rest) {
        jdbc.sql(
                        """
                        UPDATE event_slice SET recipients = ?, lowest = ?, highest = ?, skipped = ?::jsonb,
                            due_at = now() + make_interval(secs => ?), tries = ? WHERE id = ?
                        """)
                .param(rest.recipients().toArray(Long[]::new))
                .param(Collections.min(rest.recipients()))
                .param(Collections.max(rest.recipients()))
                .param(rest.skippedJson())
                .param(seconds(slice.tries() + 1))
                .param(slice.tries() + 1)
                .param(slice.id())
                .update();
    }

    /** Puts it off, as it is. */
    void postpone(Slice slice, int tries) {
        jdbc.sql(
                        """
                        UPDATE event_slice SET due_at = now() + make_interval(secs => ?), tries = ?
                        WHERE id = ? AND tries = ? AND refused IS NULL
                        """)
                .params(seconds(tries), tries, slice.id(), slice.tries())
                .update();
    }

    /** Two slices instead of one; nothing when another node has changed it meanwhile. */
    void halve(Slice slice, int tries) {
        int gone = jdbc.sql("DELETE FROM event_slice WHERE id = ? AND tries = ? AND cardinality(recipients) = ?")
                .params(slice.id(), slice.tries(), slice.size())
                .update();
        if (gone > 0) {
            slice.content()
                    .halves()
                    .forEach(half ->
                            insert(slice.eventKey(), slice.event().ticket().id(), half, tries));
        }
    }

    /** It is tried no more. */
    void refuse(Slice slice, String why) {
        jdbc.sql("UPDATE event_slice SET refused = ? WHERE id = ?")
                .params(why, slice.id())
                .update();
    }

    private static Slice slice(ResultSet row) throws SQLException {
        return new Slice(
                row.getLong("slice"),
                row.getLong("event_key"),
                EventColumns.event(row),
                EventWords.of(row),
                SliceContent.read(
                        ids(row.getArray("recipients")),
                        List.of((String[]) row.getArray("channels").getArray()),
                        numbers(row.getArray("channel_words")),
                        row.getString("skipped")),
                row.getInt("tries"));
    }

    private static List<Short> numbers(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Short[]) array.getArray());
    }

    private static List<Long> ids(Array array) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Object id : (Object[]) array.getArray()) {
            ids.add((Long) id);
        }
        return ids;
    }
}
