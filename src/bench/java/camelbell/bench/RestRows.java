package camelbell.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of {@link RestBenchmark}, as the hub would have written them in the order of time: three channels, three in ten
 * unread, twelve notifications of one event. People with 1,000 each, whose notifications lie among all the others'; person 1
 * has 100,000 and person 2 has 1,000,000, of events of their own.
 */
final class RestRows {

    /** The first of those with 1,000 notifications. */
    static final int FIRST = 1000;

    private static final int EACH = 1000;
    private static final String LISTS =
            """
            CREATE TEMP TABLE told ON COMMIT DROP AS
            SELECT row_number() OVER (ORDER BY at, person) AS k, event, person, at FROM (
                SELECT %1$d + g / 4 AS event, %2$d + g %% %3$d AS person, g / (%4$d / 3)::float8 AS at
                FROM generate_series(0, %4$d / 3 - 1) g
                UNION ALL SELECT %1$d + %4$d / 12 + 1 + g, %6$d, g / (%5$d / 3)::float8
                FROM generate_series(0, %5$d / 3 - 1) g) all_of_them
            """;
    private static final List<String> ROWS = List.of(
            """
            INSERT INTO person (id, username, name, role, active, contacts, changed_at)
            SELECT DISTINCT person, 'user' || person, 'Person ' || person, 'CLIENT', true, '{}'::jsonb, now() FROM told
            ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO ticket_event (id, source, event_id, type, occurred_at, received_at, actor, assignees, ticket_id,
                ticket_title, ticket_priority, ticket_category, ticket_status, ticket_created_by, ticket_project,
                ticket_created_at, subject, message)
            SELECT event, 'urn:bench', 'event-' || event, 'ticket_created', now(), now(), 9, '{}', event,
                'Homepage not loading since the last release', 'HIGH', 'BUG', 'NEW', 9, 'Main', now(),
                'New ticket #' || event, 'Ticket #' || event || ': Homepage not loading since the last release. Priority: high.'
            FROM (SELECT event, min(k) AS k FROM told GROUP BY event ORDER BY 2) e
            """,
            """
            INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at, sent_at, read_at)
            SELECT %1$d + k * 3 + c, event, person, (ARRAY['EMAIL', 'WHATSAPP', 'SYSTEM'])[c + 1], 'SENT', true,
                CASE WHEN c = 2 THEN %1$d + k END,
                timestamptz '2020-01-01' + (%1$d + k * 3 + c) * interval '1 second', now(), CASE WHEN abs(hashint8(k)) %% 10 < 7 THEN now() END
            FROM told, generate_series(0, 2) c ORDER BY k, c
            """,
            """
            INSERT INTO inbox (recipient, channel, unread, last_seq)
            SELECT recipient, channel, count(*) FILTER (WHERE read_at IS NULL), coalesce(max(seq), 0) FROM notification_log
            WHERE id > %1$d AND listed GROUP BY 1, 2
            """);

    private final Connection database;

    RestRows(Connection database) {
        this.database = database;
    }

    /** Adds so many rows of people with 1,000 each, and one person with many. Answers how many rows there are. */
    long add(int others, int person, int many) throws SQLException {
        long rows = number("SELECT coalesce(max(id), 0) FROM notification_log");
        long events = number("SELECT coalesce(max(id), 0) + 1 FROM ticket_event");
        long people = number("SELECT greatest(coalesce(max(id), 0) + 1, " + FIRST + ") FROM person");
        List<String> indexes = texts(
                "SELECT indexdef FROM pg_indexes WHERE tablename = 'notification_log' AND indexdef NOT LIKE '%UNIQUE%'");
        List<String> names = texts(
                "SELECT indexname FROM pg_indexes WHERE tablename = 'notification_log' AND indexdef NOT LIKE '%UNIQUE%'");
        database.setAutoCommit(false);
        for (String name : names) {
            execute("DROP INDEX " + name);
        }
        execute(LISTS.formatted(events, people, others / EACH, others, many, person));
        for (String sql : ROWS) {
            execute(sql.formatted(rows));
        }
        for (String index : indexes) {
            execute(index);
        }
        database.commit();
        database.setAutoCommit(true);
        execute("VACUUM (ANALYZE) ticket_event, notification_log, inbox, person");
        execute("CHECKPOINT");
        return number("SELECT count(*) FROM notification_log");
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).get(0));
    }

    List<String> texts(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
