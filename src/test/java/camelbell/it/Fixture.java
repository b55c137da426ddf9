package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts people, tickets and notifications straight into the tables, as if the hub had recorded them: one event for each
 * notification, the inbox counters with them. The file is JSON with the lists users, tickets and notifications.
 */
public final class Fixture {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public Fixture(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Replaces everything in the tables by what the file holds. */
    public void load(InputStream file) throws IOException {
        JsonNode data = JSON.readTree(file);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("TRUNCATE person, ticket_event, notification_log, inbox, delivery")
                    .update();
            data.get("users").forEach(this::person);
            Map<Long, JsonNode> tickets = new HashMap<>();
            data.get("tickets").forEach(ticket -> tickets.put(ticket.get("id").asLong(), ticket));
            data.get("notifications").forEach(row -> {
                event(row, tickets.getOrDefault(row.get("ticket").asLong(), row));
                notification(row);
                count(row);
            });
        });
    }

    private void person(JsonNode user) {
        String name =
                (user.get("first_name").asText() + " " + user.get("last_name").asText()).strip();
        jdbc.sql("INSERT INTO person VALUES (?, ?, ?, ?, ?, NULL, NULL, '{}', now())")
                .param(user.get("id").asLong())
                .param(user.get("username").asText())
                .param(name)
                .param(user.get("role").asText())
                .param(user.get("is_active").asBoolean())
                .update();
    }

    private void event(JsonNode row, JsonNode ticket) {
        jdbc.sql(
                        "INSERT INTO ticket_event VALUES (?, 'urn:fixture', ?, 'ticket_created', ?, ?, NULL, '{}', ?, ?, ?, ?, ?,"
                                + " ?, ?, ?, ?, ?)")
                .param(100_000 + row.get("id").asLong())
                .param("fixture-" + row.get("id").asText())
                .param(time(row.get("created_at")))
                .param(time(row.get("created_at")))
                .param(ticket.get("id").asLong())
                .param(ticket.get("title").asText())
                .param(ticket.get("priority").asText())
                .param(ticket.get("category").asText())
                .param(ticket.get("status").asText())
                .param(ticket.get("created_by").asLong())
                .param(ticket.get("project_name").asText())
                .param(time(ticket.get("created_at")))
                .param(row.get("subject").asText())
                .param(row.get("message").asText())
                .update();
    }

    private void notification(JsonNode row) {
        boolean system = row.get("notification_type").asText().equals("SYSTEM");
        jdbc.sql(
                        "INSERT INTO notification_log VALUES (?, ?, ?, ?, ?, NULL, ?, CASE WHEN ? THEN (SELECT count(*) + 1 FROM"
                                + " notification_log WHERE recipient = ? AND channel = 'SYSTEM') END, ?, ?, ?, NULL)")
                .param(row.get("id").asLong())
                .param(100_000 + row.get("id").asLong())
                .param(row.get("recipient").asLong())
                .param(row.get("notification_type").asText())
                .param(row.get("status").asText())
                .param(listed(row))
                .param(system)
                .param(row.get("recipient").asLong())
                .param(time(row.get("created_at")))
                .param(time(row.get("sent_at")))
                .param(time(row.get("read_at")))
                .update();
    }

    private void count(JsonNode row) {
        boolean system = row.get("notification_type").asText().equals("SYSTEM");
        boolean unread = listed(row) && !row.get("is_read").asBoolean();
        jdbc.sql("INSERT INTO inbox VALUES (?, ?, ?, ?) ON CONFLICT (recipient, channel) DO UPDATE SET"
                        + " unread = inbox.unread + excluded.unread, last_seq = inbox.last_seq + excluded.last_seq")
                .param(row.get("recipient").asLong())
                .param(row.get("notification_type").asText())
                .param(unread ? 1 : 0)
                .param(system ? 1 : 0)
                .update();
    }

    private static boolean listed(JsonNode row) {
        return !row.get("status").asText().equals("SKIPPED");
    }

    private static @Nullable OffsetDateTime time(JsonNode node) {
        return node.isNull() ? null : OffsetDateTime.parse(node.asText());
    }
}
