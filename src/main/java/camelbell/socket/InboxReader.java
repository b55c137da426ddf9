package camelbell.socket;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.model.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the inboxes of many people at once. Every row up to {@code lastSeq} is there to be read: the inbox row's lock
 * makes the order of seq the order of commits.
 */
@Component("inboxReader")
class InboxReader {

    private static final String INBOXES =
            "SELECT recipient, channel, unread, last_seq FROM inbox WHERE recipient = ANY (?)";

    /**
     * Range by range and row by row through two indexes, whatever the planner takes the rows of a person to be: where it may
     * choose how to join it reads the whole table of events for ten of them. {@code OFFSET 0} takes that choice away.
     */
    private static final String ROWS =
            """
            SELECT wanted.recipient, wanted.after, wanted.up_to, n.seq, n.id, n.created_at, n.event, n.words, e.event_id, e.type,
                   coalesce(e.words -> (n.words - 1) ->> 'message', e.message) AS message, e.ticket_id, e.ticket_title, e.ticket_priority, e.ticket_category, e.ticket_status,
                   e.ticket_created_by, e.ticket_project, e.ticket_created_at
            FROM unnest(?, ?, ?) AS wanted (recipient, after, up_to)
            CROSS JOIN LATERAL (
              SELECT seq, id, created_at, event, words FROM notification_log
              WHERE recipient = wanted.recipient AND seq > wanted.after AND seq <= wanted.up_to OFFSET 0) n
            CROSS JOIN LATERAL (SELECT * FROM ticket_event WHERE id = n.event OFFSET 0) e
            ORDER BY wanted.recipient, n.seq
            """;

    private final JdbcTemplate jdbc;
    private final Current<Policy> policy;

    InboxReader(JdbcTemplate jdbc, Current<Policy> policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    /** The inbox of each of these people; an empty one for those who never got anything. */
    @Transactional(readOnly = true)
    public Map<Long, Inbox> inboxes(Collection<Long> people) {
        Map<Long, Inbox> inboxes = new HashMap<>();
        people.forEach(person -> inboxes.put(person, empty()));
        jdbc.query(
                INBOXES,
                row -> {
                    Inbox inbox = inboxes.getOrDefault(row.getLong("recipient"), empty());
                    inbox.unread().put(row.getString("channel"), row.getLong("unread"));
                    long lastSeq = Math.max(inbox.lastSeq(), row.getLong("last_seq"));
                    inboxes.put(row.getLong("recipient"), new Inbox(lastSeq, inbox.unread()));
                },
                (Object) people.stream().mapToLong(Long::longValue).toArray());
        return inboxes;
    }

    /** The rows of each range, by ascending seq. */
    @Transactional(readOnly = true)
    public Map<SeqRange, List<InboxItem>> rows(Collection<SeqRange> ranges) {
        Map<SeqRange, List<InboxItem>> rows = new HashMap<>();
        Map<WordsKey, InboxEvent> events = new HashMap<>();
        ranges.forEach(range -> rows.put(range, new ArrayList<>()));
        jdbc.query(
                ROWS,
                row -> {
                    rows.computeIfAbsent(range(row), unasked -> new ArrayList<>())
                            .add(item(row, events));
                },
                column(ranges, SeqRange::person),
                column(ranges, SeqRange::after),
                column(ranges, SeqRange::upTo));
        return rows;
    }

    private Inbox empty() {
        Map<String, Long> unread = new LinkedHashMap<>();
        policy.now().channels().keySet().forEach(channel -> unread.put(channel, 0L));
        return new Inbox(0, unread);
    }

    private static Object column(Collection<SeqRange> ranges, ToLongFunction<SeqRange> field) {
        return ranges.stream().mapToLong(field).toArray();
    }

    private static SeqRange range(ResultSet row) throws SQLException {
        return new SeqRange(row.getLong("recipient"), row.getLong("after"), row.getLong("up_to"));
    }

    /** An event as one of its wordings tells it; 0 is its own. */
    private record WordsKey(long event, int number) {}

    private static InboxItem item(ResultSet row, Map<WordsKey, InboxEvent> events) throws SQLException {
        WordsKey words = new WordsKey(row.getLong("event"), row.getInt("words"));
        InboxEvent event = events.get(words);
        if (event == null) {
            event = event(row);
            events.put(words, event);
        }
        return new InboxItem(
                row.getLong("seq"),
                row.getLong("id"),
                event,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static InboxEvent event(ResultSet row) throws SQLException {
        return new InboxEvent(
                row.getString("event_id"),
                row.getString("type"),
                row.getString("message"),
                new Ticket(
                        row.getLong("ticket_id"),
                        row.getString("ticket_title"),
                        row.getString("ticket_priority"),
                        row.getString("ticket_category"),
                        row.getString("ticket_status"),
                        row.getLong("ticket_created_by"),
                        row.getString("ticket_project"),
                        row.getObject("ticket_created_at", OffsetDateTime.class).toInstant()));
    }
}
