package camelbell.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The inbox counters: unread and listed notifications per person and channel, and the newest seq. How many are listed is
 * believed only where {@code counted} is the row's {@code xmin}: a node of before does not count them, and is seen by that.
 * Whoever changes counters locks them first,
 * in {@link #ORDER}, so that nobody waits for each other in a circle; a statement that counted while it waits for the locks
 * would count what another has counted out meanwhile. Counting and numbering is the last thing a recording does before it
 * commits, because these locks are what other recordings wait for.
 */
@Component("inboxCounters")
class InboxCounters {

    /** In which their locks are taken; that of {@link Key}, too. */
    private static final String ORDER = "ORDER BY recipient, channel COLLATE \"C\"";

    /**
     * The end of a statement that begins with {@code less (recipient, channel, n, gone)}: {@code n} fewer are unread,
     * {@code gone} fewer are listed.
     */
    static final String SUBTRACT = "UPDATE inbox i SET unread = i.unread - less.n,"
            + " listed = CASE WHEN i.counted = i.xmin THEN i.listed - less.gone END,"
            + " counted = pg_current_xact_id()::xid FROM less"
            + " WHERE i.recipient = less.recipient AND i.channel = less.channel";

    private final JdbcClient jdbc;

    InboxCounters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts all listed notifications of the batch and gives each of its inbox its place. */
    public void number(Recording recording) {
        Map<Key, Count> counts = new TreeMap<>();
        for (NotificationLogEntry entry : recording.outgoing()) {
            count(counts, entry, false);
        }
        for (NotificationLogEntry entry : recording.inbox()) {
            count(counts, entry, true);
        }
        if (counts.isEmpty()) {
            return;
        }
        Map<Key, Long> newest = add(counts);
        Map<Key, Long> next = new TreeMap<>();
        newest.forEach((key, last) -> next.put(key, last - seqs(counts, key)));
        recording.inbox().stream()
                .filter(NotificationLogEntry::listed)
                .forEach(entry -> entry.number(next.merge(Key.of(entry), 1L, Long::sum)));
    }

    private static long seqs(Map<Key, Count> counts, Key key) {
        Count count = counts.get(key);
        return count == null ? 0 : count.seqs;
    }

    private static void count(Map<Key, Count> counts, NotificationLogEntry entry, boolean numbered) {
        if (entry.listed()) {
            Count count = counts.computeIfAbsent(Key.of(entry), key -> new Count());
            count.unread++;
            count.seqs += numbered ? 1 : 0;
        }
    }

    /** In the keys' order, so that two recordings never wait for each other. What is recorded is unread: one number counts both. */
    private Map<Key, Long> add(Map<Key, Count> counts) {
        Map<Key, Long> newest = new TreeMap<>();
        jdbc.sql(
                        """
                        INSERT INTO inbox (recipient, channel, unread, last_seq, listed, counted)
                        SELECT recipient, channel, more, seqs, more, pg_current_xact_id()::xid
                        FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[]) AS u (recipient, channel, more, seqs)
                        ON CONFLICT (recipient, channel) DO UPDATE SET
                            unread = inbox.unread + excluded.unread, last_seq = inbox.last_seq + excluded.last_seq,
                            listed = CASE WHEN inbox.counted = inbox.xmin THEN inbox.listed + excluded.listed END,
                            counted = excluded.counted
                        RETURNING recipient, channel, last_seq
                        """)
                .param(column(counts, entry -> entry.getKey().recipient()))
                .param(counts.keySet().stream().map(Key::channel).toArray(String[]::new))
                .param(column(counts, entry -> entry.getValue().unread))
                .param(column(counts, entry -> entry.getValue().seqs))
                .query(row -> {
                    newest.put(new Key(row.getLong("recipient"), row.getString("channel")), row.getLong("last_seq"));
                });
        return newest;
    }

    private static Long[] column(Map<Key, Count> counts, Function<Map.Entry<Key, Count>, Long> value) {
        return counts.entrySet().stream().map(value).toArray(Long[]::new);
    }

    /**
     * Those of the notifications whose counters another session has locked. The counters of the others are locked
     * afterwards, in the order that all use, so that nobody waits who changes them.
     */
    Set<Long> heldOf(Collection<Long> notifications) {
        return notifications.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql(
                                """
                                WITH meant AS (
                                    SELECT id, recipient, channel FROM notification_log WHERE id = ANY(?) AND listed),
                                counters AS (
                                    SELECT recipient, channel FROM inbox
                                    WHERE (recipient, channel) IN (SELECT recipient, channel FROM meant)),
                                free AS (
                                    SELECT recipient, channel FROM inbox
                                    WHERE (recipient, channel) IN (SELECT recipient, channel FROM meant)
                                    %s FOR UPDATE SKIP LOCKED)
                                SELECT id FROM meant
                                WHERE (recipient, channel) IN (SELECT * FROM counters EXCEPT SELECT * FROM free)
                                """
                                        .formatted(ORDER))
                        .param(notifications.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    /** The same of people and channels, which stand side by side: the people whose counters another session has locked. */
    Set<Long> held(Long[] people, String[] channels) {
        return new HashSet<>(jdbc.sql(
                        """
                        WITH wanted AS (SELECT DISTINCT * FROM unnest(?::bigint[], ?::text[]) AS w (recipient, channel)),
                        free AS (
                            SELECT recipient, channel FROM inbox WHERE (recipient, channel) IN (SELECT * FROM wanted)
                            %s FOR UPDATE SKIP LOCKED)
                        SELECT DISTINCT recipient FROM inbox
                        WHERE (recipient, channel) IN (SELECT * FROM wanted EXCEPT SELECT * FROM free)
                        """
                                .formatted(ORDER))
                .param(people)
                .param(channels)
                .query(Long.class)
                .list());
    }

    /** Locks all counters of one person, and answers of which channels there are any. */
    List<String> lock(long person) {
        return jdbc.sql("SELECT channel FROM inbox WHERE recipient = ? %s FOR UPDATE".formatted(ORDER))
                .param(person)
                .query(String.class)
                .list();
    }

    /**
     * A notification that will not be sent after all leaves the lists, and so the counts of what is listed and of what is
     * unread.
     */
    void uncount(Collection<Long> skipped) {
        Long[] ids = skipped.toArray(Long[]::new);
        jdbc.sql(
                        """
                        SELECT recipient FROM inbox
                        WHERE (recipient, channel) IN
                              (SELECT recipient, channel FROM notification_log WHERE id = ANY(?) AND status = 'PENDING')
                        %s FOR UPDATE
                        """
                                .formatted(ORDER))
                .param(ids)
                .query(Long.class)
                .list();
        jdbc.sql(
                        """
                        WITH less AS (
                            SELECT recipient, channel, count(*) FILTER (WHERE read_at IS NULL) AS n, count(*) AS gone
                            FROM notification_log WHERE id = ANY(?) AND status = 'PENDING' AND listed
                            GROUP BY recipient, channel)
                        %s
                        """
                                .formatted(SUBTRACT))
                .param(ids)
                .update();
    }

    private record Key(long recipient, String channel) implements Comparable<Key> {

        static Key of(NotificationLogEntry entry) {
            return new Key(entry.recipient(), entry.channel());
        }

        @Override
        public int compareTo(Key other) {
            int order = Long.compare(recipient, other.recipient);
            return order != 0 ? order : channel.compareTo(other.channel);
        }
    }

    private static final class Count {
        private long unread;
        private long seqs;
    }
}
