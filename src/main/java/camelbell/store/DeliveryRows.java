package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.Delivery;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.TicketEvent;
import camelbell.model.Wording;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The delivery table: claims, retries and the end of work. */
@Component
class DeliveryRows {

    private final JdbcClient jdbc;
    private final String node;

    DeliveryRows(JdbcClient jdbc, Node node) {
        this.jdbc = jdbc;
        this.node = node.name();
    }

    /**
     * Leases up to {@code most} due deliveries of the channel, but for those without. A recipient who has left the directory meanwhile is
     * delivered to nowhere: the channel sees a person without an address. What was left of a delivery whose notification is at
     * its end already, because its row was locked when that was written, is deleted. Changes no indexed column, so that the update
     * stays on its page (HOT); what others hold is passed over at the head of the index. The rows that were locked are updated
     * by where they are (ctid): joined by their key, the planner reads all of a table that is small.
     */
    @Transactional
    public List<Delivery> claim(
            Channel channel, Lease lease, Instant now, int most, Set<Long> without, Directory directory) {
        List<Claimed> claimed = jdbc.sql(
                        """
                        WITH taken AS (
                            UPDATE delivery SET due_at = :until, leased_by = :node, attempt = attempt + 1
                            WHERE ctid = ANY(ARRAY(
                                SELECT ctid FROM delivery
                                WHERE channel = :channel AND ready_at <= :now AND due_at <= :now
                                    AND notification_id <> ALL(:without)
                                ORDER BY ready_at LIMIT :most FOR UPDATE SKIP LOCKED))
                            RETURNING notification_id, attempt, created_at, fallback)
                        SELECT t.notification_id, t.attempt, l.recipient, l.status = 'PENDING' AS pending,
                            t.created_at AS noted_at, t.fallback, l.words AS words_number,
                        """
                                + EventColumns.OF_E
                                + """
                        FROM taken t JOIN notification_log l ON l.id = t.notification_id JOIN ticket_event e ON e.id = l.event
                        ORDER BY t.notification_id
                        """)
                .param("channel", channel.code())
                .param("now", utc(now))
                .param("without", without.toArray(Long[]::new))
                .param("most", most)
                .param("until", utc(lease.until()))
                .param("node", lease.node())
                .query((row, number) -> Claimed.of(row))
                .list();
        List<Claimed> open = claimed.stream().filter(Claimed::pending).toList();
        if (open.size() < claimed.size()) {
            delete(claimed.stream()
                    .filter(work -> !work.pending())
                    .map(Claimed::notification)
                    .toList());
        }
        Map<Long, Person> people = directory.people(
                open.stream().map(Claimed::recipient).distinct().toList());
        return open.stream().map(work -> work.delivery(channel, lease, people)).toList();
    }

    /** This node goes on holding these; what another session has locked cannot be claimed in any case. */
    void prolong(Collection<Long> notifications, Instant until) {
        jdbc.sql(
                        """
                        UPDATE delivery SET due_at = ? WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM delivery WHERE notification_id = ANY(?) AND leased_by = ?
                            FOR UPDATE SKIP LOCKED))
                        """)
                .params(utc(until), notifications.toArray(Long[]::new), node)
                .update();
    }

    /** Ends the work of these; a row that somebody has locked stays, see {@link HeldOutcomes}. */
    void delete(Collection<Long> notifications) {
        if (notifications.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        DELETE FROM delivery WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM delivery WHERE notification_id = ANY(?)
                            ORDER BY notification_id FOR UPDATE SKIP LOCKED))
                        """)
                .param(notifications.toArray(Long[]::new))
                .update();
    }

    /** How many attempts of each of these deliveries may have arrived. */
    Map<Long, Integer> unknownOutcomes(Collection<Long> notifications) {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("SELECT notification_id, unknown_outcomes FROM delivery WHERE notification_id = ANY(?)")
                .param(notifications.toArray(Long[]::new))
                .query((RowCallbackHandler) row -> counts.put(row.getLong(1), row.getInt(2)));
        return counts;
    }

    /**
     * Puts work back, to be taken by whoever has room once it is due. Work that somebody has claimed since, because the
     * lease had run out, is his. It gets another place in the queue, and so new index entries: a retry is not HOT.
     */
    void postpone(List<Postponed> work) {
        if (work.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        UPDATE delivery d SET due_at = u.due_at::timestamptz, ready_at = u.due_at::timestamptz, leased_by = NULL,
                            attempt = d.attempt - u.uncounted, unknown_outcomes = d.unknown_outcomes + u.unknown,
                            held = u.held
                        FROM unnest(?::bigint[], ?::int[], ?::text[], ?::int[], ?::int[], ?::text[])
                             AS u (id, attempt, due_at, uncounted, unknown, held)
                        WHERE d.notification_id = u.id AND d.attempt = u.attempt AND d.leased_by = ?
                        """)
                .param(work.stream().map(Postponed::notification).toArray(Long[]::new))
                .param(work.stream().map(Postponed::attempt).toArray(Integer[]::new))
                .param(work.stream().map(one -> one.dueAt().toString()).toArray(String[]::new))
                .param(work.stream().map(one -> one.counts() ? 0 : 1).toArray(Integer[]::new))
                .param(work.stream().map(one -> one.unknown() ? 1 : 0).toArray(Integer[]::new))
                .param(work.stream().map(Postponed::held).toArray(String[]::new))
                .param(node)
                .update();
    }

    /**
     * Gives up the leases of this node but for those without: it stops, and the others need not wait for the leases to
     * run out. What is left was waiting in memory, so no attempt is counted.
     */
    @Transactional
    public int releaseAll(Instant now, Set<Long> without) {
        return jdbc.sql(
                        """
                        UPDATE delivery SET due_at = ?, leased_by = NULL, attempt = greatest(attempt - 1, 0)
                        WHERE leased_by = ? AND due_at > ? AND notification_id <> ALL(?)
                        """)
                .params(utc(now), node, utc(now), without.toArray(Long[]::new))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private record Claimed(
            long notification,
            int attempt,
            long recipient,
            boolean pending,
            Instant notedAt,
            TicketEvent event,
            Wording words,
            boolean fallback) {

        static Claimed of(ResultSet row) throws SQLException {
            return new Claimed(
                    row.getLong("notification_id"),
                    row.getInt("attempt"),
                    row.getLong("recipient"),
                    row.getBoolean("pending"),
                    EventColumns.instant(row, "noted_at"),
                    EventColumns.event(row),
                    EventWords.of(row).get(row.getInt("words_number")), // null is 0: the event's own
                    row.getBoolean("fallback"));
        }

        Delivery delivery(Channel channel, Lease lease, Map<Long, Person> people) {
            Person person = people.getOrDefault(recipient, Person.gone(recipient));
            return new Delivery(notification, channel, person, event, words, notedAt, attempt, lease.until(), fallback);
        }
    }
}
