package camelbell.suppression;

import camelbell.model.Bounce;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables opt_out and bounced_address. Their transactions are their callers'. */
@Component
class SuppressionRows {

    private final JdbcClient jdbc;

    SuppressionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is on file of each of these people, by channel; people without anything are left out. */
    Map<Long, Map<String, Stop>> of(Collection<Long> people) {
        Map<Long, Map<String, Stop>> found = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT person, channel, bool_or(opted_out) AS opted_out, max(digest) AS digest FROM (
                            SELECT person, channel, true AS opted_out, null AS digest FROM opt_out WHERE person = ANY(?)
                            UNION ALL
                            SELECT person, channel, false, encode(digest, 'hex') FROM bounced_address WHERE person = ANY(?)
                        ) AS found GROUP BY person, channel
                        """)
                .param(people.toArray(Long[]::new))
                .param(people.toArray(Long[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getLong("person"), id -> new HashMap<>())
                            .put(
                                    row.getString("channel"),
                                    new Stop(row.getBoolean("opted_out"), row.getString("digest")));
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

    /** Whom a mail went to, if it is the one that a report is about; none for what was made up. */
    @Nullable
    MailedTo sent(Bounce bounce) {
        return jdbc.sql(
                        "SELECT recipient, channel FROM notification_log WHERE id = ? AND channel = ? AND provider_id = ?")
                .params(bounce.notification(), Bounce.CHANNEL, bounce.messageId())
                .query((row, number) -> new MailedTo(row.getLong("recipient"), row.getString("channel")))
                .optional()
                .orElse(null);
    }

    /** True when it was not on file before. */
    boolean bounced(long person, String channel, String digest, String reason, long notification, Instant at) {
        return jdbc.sql(
                                """
                                INSERT INTO bounced_address (person, channel, digest, reason, notification, at)
                                VALUES (?, ?, decode(?, 'hex'), ?, ?, ?)
                                ON CONFLICT (person, channel) DO UPDATE SET digest = excluded.digest, reason = excluded.reason,
                                    notification = excluded.notification, at = excluded.at
                                WHERE bounced_address.digest <> excluded.digest
                                """)
                        .params(person, channel, digest, reason, notification, at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Where a mail went. */
    record MailedTo(long recipient, String channel) {}

    /**
     * What stands between a person and a channel.
     *
     * @param bouncedAddress digest of the address that was refused for good, or null
     */
    record Stop(boolean optedOut, @Nullable String bouncedAddress) {}

    /** The address may be used again; true when it was not. */
    boolean pardon(long person, String channel) {
        return jdbc.sql("DELETE FROM bounced_address WHERE person = ? AND channel = ?")
                        .params(person, channel)
                        .update()
                > 0;
    }
}
