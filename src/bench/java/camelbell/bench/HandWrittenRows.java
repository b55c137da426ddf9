package camelbell.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the hand-written loops write of a poll: the hub's rows in the hub's tables, by multi-row INSERTs. */
public final class HandWrittenRows {

    private static final int ROWS_PER_INSERT = 500;
    private static final List<String> THREE = List.of("EMAIL", "WHATSAPP", "SYSTEM");
    private static final List<String> TWO = List.of("WHATSAPP", "SYSTEM");

    private final Connection db;
    private final Map<Long, JsonNode> users;
    private final List<Long> admins;
    private long nextEvent = 1;
    private long nextNotification = 1;

    /**
     * Rows of a poll that are still to be sent.
     *
     * @param id of the notification
     * @param person as in the topic {@code users}
     */
    public record Open(long id, String channel, JsonNode person, JsonNode event) {}

    /**
     * Begins with number 1: the tables are to be empty.
     *
     * @param db does not commit by itself
     * @param users the directory by id
     */
    public HandWrittenRows(Connection db, Map<Long, JsonNode> users) {
        this.db = db;
        this.users = users;
        this.admins = users.values().stream()
                .filter(user -> user.get("role").asText().equals("ADMIN"))
                .map(user -> user.get("id").asLong())
                .sorted()
                .toList();
    }

    /** In the caller's transaction; answers what a provider has to be asked for. */
    public List<Open> store(List<JsonNode> events) throws SQLException {
        Instant now = Instant.now();
        List<Object[]> eventRows = new ArrayList<>();
        for (JsonNode event : events) {
            eventRows.add(eventRow(event, now));
        }
        Set<Long> admitted = insertEvents(eventRows);
        List<Object[]> notifications = new ArrayList<>();
        List<Object[]> deliveries = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        Map<String, long[]> counts = new TreeMap<>();
        List<Object[]> inbox = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            long key = (Long) eventRows.get(i)[0];
            if (admitted.contains(key)) {
                compose(events.get(i), key, now.plusNanos(i * 1000L), notifications, deliveries, open, counts, inbox);
            }
        }
        insert(
                "notification_log (id, event, recipient, channel, status, reason, listed, created_at, sent_at, seq)",
                10,
                notifications);
        insert("delivery (notification_id, channel, ready_at, due_at, attempt, leased_by, created_at)", 7, deliveries);
        number(counts, inbox);
        insert(
                "notification_log (id, event, recipient, channel, status, reason, listed, created_at, sent_at, seq)",
                10,
                inbox);
        return open;
    }

    private Object[] eventRow(JsonNode event, Instant now) {
        JsonNode ticket = event.get("data").get("ticket");
        List<Long> assignees = new ArrayList<>();
        event.get("data").get("assignees").forEach(id -> assignees.add(id.asLong()));
        String title = ticket.get("title").asText();
        return new Object[] {
            nextEvent++,
            event.get("source").asText(),
            event.get("id").asText(),
            event.get("type").asText(),
            time(event.get("time")),
            Timestamp.from(now),
            event.get("data").get("actor").asLong(),
            assignees.toArray(Long[]::new),
            ticket.get("id").asLong(),
            title,
            ticket.get("priority").asText(),
            ticket.get("category").asText(),
            ticket.get("status").asText(),
            ticket.get("created_by").asLong(),
            ticket.get("project_name").asText(),
            time(ticket.get("created_at")),
            event.get("type").asText(),
            event.get("type").asText() + ": " + title
        };
    }

    private static Timestamp time(JsonNode text) {
        return Timestamp.from(Instant.parse(text.asText()));
    }

    private void compose(
            JsonNode event,
            long key,
            Instant at,
            List<Object[]> rows,
            List<Object[]> deliveries,
            List<Open> open,
            Map<String, long[]> counts,
            List<Object[]> inbox) {
        String type = event.get("type").asText();
        boolean decided = type.equals("ticket_approved") || type.equals("ticket_rejected");
        for (long person : recipients(event, type)) {
            JsonNode user = users.get(person);
            if (user == null) {
                continue;
            }
            for (String channel : decided ? TWO : THREE) {
                boolean system = channel.equals("SYSTEM");
                boolean skipped = !system && !user.hasNonNull(channel.equals("EMAIL") ? "email" : "whatsapp_number");
                String status = skipped ? "SKIPPED" : system ? "SENT" : "PENDING";
                Timestamp time = Timestamp.from(at);
                long id = nextNotification++;
                Object[] row = {
                    id,
                    key,
                    person,
                    channel,
                    status,
                    skipped ? "NO_ADDRESS" : null,
                    !skipped,
                    time,
                    system ? time : null,
                    null
                };
                (system ? inbox : rows).add(row);
                if (!skipped) {
                    long[] count =
                            counts.computeIfAbsent(String.format("%019d %s", person, channel), name -> new long[2]);
                    count[0]++;
                    count[1] += system ? 1 : 0;
                    if (!system) {
                        deliveries.add(new Object[] {id, channel, time, time, 0, null, time});
                        open.add(new Open(id, channel, user, event));
                    }
                }
            }
        }
    }

    private Set<Long> recipients(JsonNode event, String type) {
        long creator = event.get("data").get("ticket").get("created_by").asLong();
        Set<Long> people = new LinkedHashSet<>();
        if (!type.equals("ticket_created")
                && !type.equals("ticket_assigned")
                && !type.startsWith("ticket_approved")
                && !type.equals("ticket_rejected")) {
            people.add(creator);
        }
        if (type.equals("ticket_created")
                || type.equals("work_finished")
                || type.equals("ticket_approved")
                || type.equals("ticket_rejected")) {
            people.addAll(admins);
        }
        if (type.equals("ticket_assigned") || type.equals("ticket_approved") || type.equals("ticket_rejected")) {
            event.get("data").get("assignees").forEach(id -> people.add(id.asLong()));
        }
        return people;
    }

    private Set<Long> insertEvents(List<Object[]> rows) throws SQLException {
        Set<Long> admitted = new LinkedHashSet<>();
        String sql =
                "INSERT INTO ticket_event (id, source, event_id, type, occurred_at, received_at, actor, assignees, ticket_id,"
                        + " ticket_title, ticket_priority, ticket_category, ticket_status, ticket_created_by, ticket_project,"
                        + " ticket_created_at, subject, message) VALUES " + values(18, rows.size())
                        + " ON CONFLICT ON CONSTRAINT ticket_event_identity DO NOTHING RETURNING id";
        try (PreparedStatement insert = db.prepareStatement(sql)) {
            bind(insert, rows);
            try (ResultSet ids = insert.executeQuery()) {
                while (ids.next()) {
                    admitted.add(ids.getLong(1));
                }
            }
        }
        return admitted;
    }

    private void number(Map<String, long[]> counts, List<Object[]> inbox) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        List<Object[]> rows = new ArrayList<>();
        counts.forEach((key, count) ->
                rows.add(new Object[] {Long.parseLong(key.substring(0, 19)), key.substring(20), count[0], count[1]}));
        Map<Long, Long> next = new TreeMap<>();
        for (int from = 0; from < rows.size(); from += ROWS_PER_INSERT) {
            upsert(rows.subList(from, Math.min(rows.size(), from + ROWS_PER_INSERT)), counts, next);
        }
        inbox.forEach(row -> row[9] = next.merge((Long) row[2], 1L, Long::sum));
    }

    private void upsert(List<Object[]> rows, Map<String, long[]> counts, Map<Long, Long> next) throws SQLException {
        try (PreparedStatement upsert = db.prepareStatement(
                "INSERT INTO inbox (recipient, channel, unread, last_seq) VALUES " + values(4, rows.size())
                        + " ON CONFLICT (recipient, channel) DO UPDATE SET unread = inbox.unread + excluded.unread,"
                        + " last_seq = inbox.last_seq + excluded.last_seq RETURNING recipient, channel, last_seq")) {
            bind(upsert, rows);
            try (ResultSet newest = upsert.executeQuery()) {
                while (newest.next()) {
                    if (newest.getString(2).equals("SYSTEM")) {
                        long added =
                                counts.getOrDefault(String.format("%019d SYSTEM", newest.getLong(1)), new long[2])[1];
                        next.put(newest.getLong(1), newest.getLong(3) - added);
                    }
                }
            }
        }
    }

    private void insert(String into, int columns, List<Object[]> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += ROWS_PER_INSERT) {
            List<Object[]> part = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_INSERT));
            try (PreparedStatement insert =
                    db.prepareStatement("INSERT INTO " + into + " VALUES " + values(columns, part.size()))) {
                bind(insert, part);
                insert.executeUpdate();
            }
        }
    }

    private static String values(int columns, int rows) {
        String row = "(" + String.join(",", Collections.nCopies(columns, "?")) + ")";
        return String.join(",", Collections.nCopies(rows, row));
    }

    private static void bind(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        int at = 1;
        for (Object[] row : rows) {
            for (Object value : row) {
                if (value instanceof Long[] array) {
                    statement.setArray(at++, statement.getConnection().createArrayOf("bigint", array));
                } else if (value == null) {
                    statement.setNull(at++, Types.NULL);
                } else {
                    statement.setObject(at++, value);
                }
            }
        }
    }
}
