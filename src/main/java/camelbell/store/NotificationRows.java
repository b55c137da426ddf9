package camelbell.store;

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
    private final InboxCounters counters;

    NotificationRows(JdbcClient jdbc, InboxCounters counters) {
        this.jdbc = jdbc;
        this.counters = counters;
    }

    /** Moves what is under way to its end and answers their ids; rows that have moved on already stay as they are. */
    Set<Long> settle(List<Settled> ends) {
        if (ends.stream().anyMatch(Settled::skipped)) {
            counters.uncount(ends.stream()
                    .filter(Settled::skipped)
                    .map(Settled::notification)
                    .toList());
        }
        return new HashSet<>(jdbc.sql(
                        """
                        UPDATE notification_log l
                        SET status = u.status, reason = u.reason, provider_id = u.provider_id,
                            sent_at = u.sent_at::timestamptz, listed = u.status <> 'SKIPPED'
                        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                             AS u (id, status, reason, provider_id, sent_at)
                        WHERE l.id = u.id AND %s RETURNING l.id
                        """
                                .formatted(Transition.SETTLED.from("l")))
                .param(ends.stream().map(Settled::notification).toArray(Long[]::new))
                .param(texts(ends, end -> end.status().name()))
                .param(texts(ends, Settled::reason))
                .param(texts(ends, Settled::providerId))
                .param(texts(
                        ends, end -> end.sentAt() == null ? null : end.sentAt().toString()))
                .query(Long.class)
                .list());
    }

    private static String[] texts(List<Settled> ends, Function<Settled, @Nullable String> field) {
        String[] column = new String[ends.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = field.apply(ends.get(i));
        }
        return column;
    }
}
