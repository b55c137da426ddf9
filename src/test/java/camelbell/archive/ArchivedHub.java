package camelbell.archive;

import camelbell.it.Stack;
import camelbell.store.AgedRows;
import camelbell.store.RowKind;
import camelbell.store.StoreParts;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A hub's database with rows of some months, and what archives it; it is the third of June 2026, and rows are kept for 30 days. */
final class ArchivedHub {

    static final Clock NOW = Clock.fixed(Instant.parse("2026-06-03T12:00:00Z"), ZoneOffset.UTC);

    private final DriverManagerDataSource server = Stack.migratedDatabase();
    final HikariDataSource database = pooled(server, true);

    /** As the hub has it: what is said outside a transaction is undone. */
    final HikariDataSource hubs = pooled(server, false);

    final JdbcClient jdbc = JdbcClient.create(database);
    final ArchiveHealth health = new ArchiveHealth(new SimpleMeterRegistry());
    private Path folder;

    private static HikariDataSource pooled(DriverManagerDataSource database, boolean commits) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.getUrl());
        pool.setUsername(database.getUsername());
        pool.setPassword(database.getPassword());
        pool.setMaximumPoolSize(3);
        pool.setAutoCommit(commits);
        return pool;
    }

    void close() {
        database.close();
        hubs.close();
    }

    ArchivedHub(Path folder) {
        this.folder = folder;
    }

    /** Anew, with nothing in the tables. */
    void begin(Path anew) {
        folder = anew;
        jdbc.sql("TRUNCATE ticket_event, notification_log, attempt, inbox, archive")
                .update();
        jdbc.sql("UPDATE archive_turn SET until = '-infinity'").update();
    }

    /** An event with a mail and an inbox notification for each of two people, the mail tried twice. */
    void event(long id, String at) {
        jdbc.sql(
                        """
                        INSERT INTO ticket_event (id, source, event_id, type, occurred_at, received_at, actor, assignees, ticket_id,
                            ticket_title, ticket_priority, ticket_category, ticket_status, ticket_created_by, ticket_project,
                            ticket_created_at, subject, message, ticket_further, words, plan)
                        VALUES (:id, 'test', 'event-' || :id, 'ticket_created', :at::timestamptz, :at::timestamptz, 7, '{1,2}', 9,
                            E'a "title"\\nof two lines, \\u00e4\\u2028\\U0001F600', 'HIGH', 'x', 'OPEN', 3, 'p', :at::timestamptz, 's', 'm',
                            '{"a": "b"}', NULL, '{"tell": [{"audience": "admins", "told": [1, 2]}]}')
                        """)
                .param("id", id)
                .param("at", at)
                .update();
        for (long person = 1; person <= 2; person++) {
            notification(10 * id + 2 * person, id, person, "EMAIL", at);
            notification(10 * id + 2 * person + 1, id, person, "SYSTEM", at);
            jdbc.sql(
                            "INSERT INTO attempt VALUES (:n, :at::timestamptz + interval '1.234567 s', 1, 'FAILED_FOR_NOW', 'SMTP 451'),"
                                    + " (:n, :at::timestamptz + interval '2 min', 2, 'SENT', NULL)")
                    .param("n", 10 * id + 2 * person)
                    .param("at", at)
                    .update();
        }
    }

    private void notification(long id, long event, long person, String channel, String at) {
        jdbc.sql(
                        """
                        INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at, sent_at, read_at)
                        VALUES (:id, :event, :person, :channel, 'SENT', true, CASE WHEN :channel = 'SYSTEM' THEN :event END,
                            :at::timestamptz, :at::timestamptz + interval '1 ms', CASE WHEN :person = 2 THEN now() END)
                        """)
                .param("id", id)
                .param("event", event)
                .param("person", person)
                .param("channel", channel)
                .param("at", at)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO inbox (recipient, channel, unread, last_seq, listed, counted)
                        VALUES (:person, :channel, :unread, :event, 1, pg_current_xact_id()::xid)
                        ON CONFLICT (recipient, channel) DO UPDATE SET unread = inbox.unread + excluded.unread,
                            last_seq = greatest(inbox.last_seq, excluded.last_seq), listed = inbox.listed + 1,
                            counted = excluded.counted
                        """)
                .param("person", person)
                .param("channel", channel)
                .param("unread", person == 1 ? 1 : 0)
                .param("event", event)
                .update();
    }

    /** One look. */
    void archive() {
        archive(hubs, folder.toString());
    }

    void archive(DataSource through, String into) {
        archive(through, into, "node");
    }

    void archive(DataSource through, String into, String holder) {
        StandardEnvironment configuration = configuration(into, "30d");
        JdbcClient client = JdbcClient.create(through);
        new Archivist(
                        AgedRows.of(client, configuration, NOW),
                        client,
                        StoreParts.batches(through, configuration),
                        new JdbcTransactionManager(through),
                        health,
                        holder)
                .archive();
    }

    Map<RowKind, Long> restore(String month, String kept) {
        return new Restoration(
                        jdbc,
                        AgedRows.of(jdbc, configuration(folder.toString(), kept), NOW),
                        new JdbcTransactionManager(database))
                .restore(YearMonth.parse(month), file -> {});
    }

    List<Archives.Checked> verify() {
        List<Archives.Checked> checked = new ArrayList<>();
        new Archives(jdbc, AgedRows.of(jdbc, configuration(folder.toString(), "30d"), NOW)).verify(null, checked::add);
        return checked;
    }

    /** Sentences of what is wrong. */
    List<String> wrong() {
        return verify().stream()
                .filter(one -> one.wrong() != null)
                .map(one -> one.file() + " " + one.wrong())
                .toList();
    }

    private static StandardEnvironment configuration(String folder, String kept) {
        StandardEnvironment configuration = new StandardEnvironment();
        configuration
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "camelbell.retention.archive", folder,
                                "camelbell.retention.notifications", kept,
                                "camelbell.retention.attempts", kept,
                                "camelbell.retention.batch", "3",
                                "camelbell.retention.share", "1")));
        return configuration;
    }

    String fault() {
        Health now = health.health();
        return String.valueOf(now.getDetails().get("fault"));
    }

    long count(String from) {
        return jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
    }

    /** All rows that may leave, as texts, in an order of their own. */
    List<String> rows() {
        return all("SELECT t::text FROM ticket_event t UNION ALL SELECT n::text FROM notification_log n"
                + " UNION ALL SELECT a::text FROM attempt a ORDER BY 1");
    }

    /** People's counts, as they are and as they ought to be. */
    List<String> counts() {
        return all(
                "SELECT recipient || channel || unread || ' ' || last_seq || ' ' || coalesce(CASE WHEN counted = xmin THEN listed END, -1)"
                        + " FROM inbox ORDER BY 1");
    }

    List<String> all(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    /** The lines of a file. */
    static List<String> lines(Path file) throws IOException {
        try (LineReader reader = new LineReader(file)) {
            return reader.next(Integer.MAX_VALUE);
        }
    }
}
