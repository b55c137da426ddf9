package camelbell.log;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Set-based changes of the notification log. Their transactions are their callers'. */
@Component
class NotificationRows {

    private final JdbcClient jdbc;

    NotificationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those of the notifications whose counters another session has locked. The counters of the others are locked
     * afterwards, in the order that all use, so that nobody waits who changes them.
     */
    Set<Long> held(Collection<Long> notifications) {
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
                                    ORDER BY recipient, channel COLLATE "C" FOR UPDATE SKIP LOCKED)
                                SELECT id FROM meant
                                WHERE (recipient, channel) IN (SELECT * FROM counters EXCEPT SELECT * FROM free)
                                """)
                        .param(notifications.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    /** Moves PENDING rows to their end and answers their ids; rows that have moved on already stay as they are. */
    Set<Long> settle(List<Settled> ends) {
        if (ends.stream().anyMatch(Settled::skipped)) {
            uncount(ends.stream().filter(Settled::skipped).toList());
        }
        return new HashSet<>(jdbc.sql(
                        """
                        UPDATE notification_log l
                        SET status = u.status, reason = u.reason, provider_id = u.provider_id,
                            sent_at = u.sent_at::timestamptz, listed = u.status <> 'SKIPPED'
                        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                             AS u (id, status, reason, provider_id, sent_at)
                        WHERE l.id = u.id AND l.status = 'PENDING' RETURNING l.id
                        """)
                .param(ends.stream().map(Settled::notification).toArray(Long[]::new))
                .param(texts(ends, end -> end.status().name()))
                .param(texts(ends, Settled::reason))
                .param(texts(ends, Settled::providerId))
                .param(texts(
                        ends, end -> end.sentAt() == null ? null : end.sentAt().toString()))
                .query(Long.class)
                .list());
    }

    /**
     * A notification that will not be sent after all leaves the lists, and so the count of what is unread. The counters
     * are locked by a statement of its own, in the order that all use: one that counted while it waits for them would
     * count what a mark has counted out meanwhile. They change for what was read as well, though the number stays: the length
     * of every list is believed for as long as they do not.
     */
    private void uncount(List<Settled> skipped) {
        Long[] ids = skipped.stream().map(Settled::notification).toArray(Long[]::new);
        jdbc.sql(
                        """
                        SELECT recipient FROM inbox
                        WHERE (recipient, channel) IN
                              (SELECT recipient, channel FROM notification_log WHERE id = ANY(?) AND status = 'PENDING')
                        ORDER BY recipient, channel COLLATE "C" FOR UPDATE
                        """)
                .param(ids)
                .query(Long.class)
                .list();
        jdbc.sql(
                        """
                        UPDATE inbox i SET unread = i.unread - gone.n
                        FROM (SELECT recipient, channel, count(*) FILTER (WHERE read_at IS NULL) AS n
                              FROM notification_log WHERE id = ANY(?) AND status = 'PENDING' AND listed
                              GROUP BY recipient, channel) AS gone
                        WHERE i.recipient = gone.recipient AND i.channel = gone.channel
                        """)
                .param(ids)
                .update();
    }

    private static String[] texts(List<Settled> ends, Function<Settled, @Nullable String> field) {
        String[] column = new String[ends.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = field.apply(ends.get(i));
        }
        return column;
    }
}
