package camelbell.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The inbox counters: unread notifications per person and channel, and the newest seq. Counting and numbering is the
 * last thing a recording does before it commits, because the counters' row locks are what other recordings wait for.
 */
@Component("inbox")
class Inbox {

    private final JdbcClient jdbc;

    Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts all listed notifications of the batch and answers its inbox rows, each with its place. */
    public List<Object> number(Recording recording) {
        Map<Key, Count> counts = new TreeMap<>();
        for (NotificationLogEntry entry : entries(recording.outgoing())) {
            count(counts, entry, false);
        }
        List<NotificationLogEntry> inbox = entries(recording.inbox());
        for (NotificationLogEntry entry : inbox) {
            count(counts, entry, true);
        }
        if (counts.isEmpty()) {
            return List.of();
        }
        Map<Key, Long> newest = add(counts);
        Map<Key, Long> next = new TreeMap<>();
        newest.forEach((key, last) -> next.put(key, last - seqs(counts, key)));
        inbox.stream()
                .filter(NotificationLogEntry::listed)
                .forEach(entry -> entry.number(next.merge(Key.of(entry), 1L, Long::sum)));
        return recording.inbox();
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

    /** In the keys' order, so that two recordings never wait for each other. */
    private Map<Key, Long> add(Map<Key, Count> counts) {
        Map<Key, Long> newest = new TreeMap<>();
        jdbc.sql(
                        """
                        INSERT INTO inbox (recipient, channel, unread, last_seq)
                        SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
                        ON CONFLICT (recipient, channel) DO UPDATE SET
                            unread = inbox.unread + excluded.unread, last_seq = inbox.last_seq + excluded.last_seq
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

    private static List<NotificationLogEntry> entries(List<Object> rows) {
        List<NotificationLogEntry> entries = new ArrayList<>(rows.size());
        for (Object row : rows) {
            if (row instanceof NotificationLogEntry entry) {
                entries.add(entry);
            }
        }
        return entries;
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
