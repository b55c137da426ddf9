package camelbell.socket;

import camelbell.it.Stack;
import camelbell.model.Channel;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.Policy;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the hub's schema, and rows written into it as the record stage writes them. */
final class InboxFixture {

    private static final String EVENT =
            """
            INSERT INTO ticket_event VALUES (?, 'urn:test', ?, 'ticket_created', now(), now(), NULL, '{}', 5,
                'Homepage not loading', 'HIGH', 'BUG', 'NEW', 2, 'Main Website', '2025-12-24T10:30:00Z',
                'New Ticket Created', ?)
            """;
    private static final String TAKE_SEQ =
            """
            INSERT INTO inbox VALUES (?, 'SYSTEM', 1, 1)
            ON CONFLICT (recipient, channel) DO UPDATE SET unread = inbox.unread + 1, last_seq = inbox.last_seq + 1
            RETURNING last_seq
            """;
    private static final String ROW =
            """
            INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at, sent_at)
            VALUES (nextval('notification_id'), ?, ?, 'SYSTEM', 'SENT', true, ?, now(), now())
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    InboxFixture(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    /** On a fresh database with the hub's schema. */
    static HikariDataSource freshDatabase() {
        Map<String, String> settings = Stack.hubDatabase();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.get("spring.datasource.url"));
        config.setUsername(settings.get("spring.datasource.username"));
        config.setPassword(settings.get("spring.datasource.password"));
        return new HikariDataSource(config);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** One event for these people, in one transaction that takes their inbox locks in ascending order. */
    void record(Long... people) {
        record(List.of(people), () -> {});
    }

    /** The same, with something to be done while the locks are held. */
    void record(Collection<Long> people, Runnable beforeCommit) {
        transaction.executeWithoutResult(status -> {
            Long event = jdbc.queryForObject("SELECT nextval('ticket_event_id')", Long.class);
            jdbc.update(EVENT, event, "INC5-" + event, "New High priority ticket created: Homepage not loading");
            people.stream().sorted().forEach(person -> {
                Long seq = jdbc.queryForObject(TAKE_SEQ, Long.class, person);
                jdbc.update(ROW, event, person, seq);
            });
            beforeCommit.run();
        });
    }

    /** So many events for one person in one transaction, each with a title of so many letters. */
    void recordMany(long person, int events, int titleLength) {
        commit(
                """
                WITH counter AS (
                    INSERT INTO inbox VALUES (?, 'SYSTEM', ?, ?)
                    ON CONFLICT (recipient, channel)
                        DO UPDATE SET unread = inbox.unread + ?, last_seq = inbox.last_seq + ?
                    RETURNING last_seq
                ), event AS (
                    INSERT INTO ticket_event
                    SELECT nextval('ticket_event_id'), 'urn:test', gen_random_uuid()::text, 'ticket_created', now(), now(),
                        NULL, '{}', 5, repeat('x', ?), 'HIGH', 'BUG', 'NEW', 2, 'Main Website', now(), 'New', 'New'
                    FROM generate_series(1, ?) RETURNING id
                )
                INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at, sent_at)
                SELECT nextval('notification_id'), id, ?, 'SYSTEM', 'SENT', true,
                    (SELECT last_seq FROM counter) - ? + row_number() OVER (), now(), now()
                FROM event
                """,
                person,
                events,
                events,
                events,
                events,
                titleLength,
                events,
                person,
                events);
    }

    void person(long id, boolean active) {
        commit(
                "INSERT INTO person VALUES (?, ?, ?, 'ADMIN', ?, NULL, NULL, '{}', now())",
                id,
                "user_" + id,
                "User " + id,
                active);
    }

    void markAllRead(long person) {
        commit("UPDATE inbox SET unread = 0 WHERE recipient = ?", person);
    }

    private void commit(String sql, Object... parameters) {
        transaction.executeWithoutResult(status -> jdbc.update(sql, parameters));
    }

    long lastSeq(long person) {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT max(last_seq) FROM inbox WHERE recipient = ?", Long.class, person));
    }

    static Policy policy() {
        Map<String, Channel> channels = new LinkedHashMap<>();
        for (String code : List.of("EMAIL", "WHATSAPP", "SYSTEM")) {
            channels.put(code, new Channel(code, code, "channel", null, code.equals("SYSTEM")));
        }
        return new Policy(channels, Map.of());
    }

    /** Everybody below 1000 is there and active, but for 13, who is not active. */
    static Directory directory() {
        return new Directory() {
            @Override
            public @Nullable Person person(long id) {
                return id >= 1000
                        ? null
                        : new Person(id, "user_" + id, "User " + id, "ADMIN", id != 13, null, null, Map.of());
            }

            @Override
            public Map<Long, Person> people(Collection<Long> ids) {
                return ids.stream()
                        .filter(id -> person(id) != null)
                        .collect(Collectors.toMap(id -> id, id -> Objects.requireNonNull(person(id))));
            }

            @Override
            public List<Person> activeWithRole(String role) {
                return List.of();
            }

            @Override
            public List<Person> activeInGroup(String group) {
                return List.of();
            }
        };
    }
}
