package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import camelbell.store.ListLengths.Length;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How long lists are, as long as every writer counts, and as soon as one of the version before has written. */
class ListLengthsTest {

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final InboxCounters counters = new InboxCounters(jdbc);
    private final ListLengths lengths = new ListLengths(jdbc);
    private final ReadMarks marks = new ReadMarks(jdbc, jdbc, Clock.systemUTC(), 2);

    @BeforeEach
    void three_mails_of_which_one_is_read() {
        jdbc.sql("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at, read_at)"
                        + " SELECT n, n, 7, 'EMAIL', 'PENDING', true, now(), CASE WHEN n = 3 THEN now() END"
                        + " FROM generate_series(1, 3) n")
                .update();
        jdbc.sql("INSERT INTO inbox (recipient, channel, unread, last_seq) VALUES (7, 'EMAIL', 2, 0)")
                .update();
    }

    @Test
    void what_was_there_before_there_were_lengths_is_counted_once() {
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(2, null)));
        lengths.learn(7);
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(2, 3L)));
    }

    @Test
    void marking_leaves_the_length_and_what_is_skipped_or_forgotten_does_not() {
        lengths.learn(7);
        assertThat(marks.markOne(7, 1, new Condition("n.recipient = ?", List.of(7L))))
                .isTrue();
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(1, 3L)));
        transaction.executeWithoutResult(skipping -> counters.uncount(List.of(2L, 3L)));
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(0, 1L)));
        jdbc.sql(
                        "UPDATE notification_log SET listed = id = 1, status = CASE WHEN id = 1 THEN 'SENT' ELSE 'SKIPPED' END,"
                                + " created_at = now() - interval '1 year'")
                .update();
        RetentionProperties properties = new RetentionProperties(Duration.ofDays(30), Duration.ofDays(90), 10, 1, "");
        new NotificationRetention(
                        new Batches(
                                new JdbcTransactionManager(database), jdbc, properties, new StaticApplicationContext()),
                        jdbc,
                        new NotificationRemoval(jdbc, counters),
                        properties,
                        Clock.systemUTC())
                .notifications();
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(0, 0L)));
    }

    @Test
    void what_a_node_of_before_has_written_over_is_not_believed_until_it_is_counted_again() {
        lengths.learn(7);
        jdbc.sql("UPDATE inbox SET unread = unread - 0").update();
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(2, null)));
        assertThat(marks.mark(7, new Condition("n.recipient = ? AND n.id = ?", List.of(7L, 1L))))
                .isEqualTo(1);
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(1, null)));
        lengths.learn(7);
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(1, 3L)));
    }

    @Test
    void who_counts_waits_for_nobody_and_writes_nothing_into_what_somebody_holds() throws SQLException {
        try (Connection session = database.getConnection()) {
            session.setAutoCommit(false);
            try (Statement statement = session.createStatement()) {
                statement.execute("UPDATE inbox SET unread = unread");
                lengths.learn(7);
                session.commit();
            }
        }
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(2, null)));
    }

    @Test
    void a_mark_that_waited_for_another_counts_from_what_that_one_has_left() throws Exception {
        lengths.learn(7);
        CompletableFuture<Boolean> second;
        try (Connection session = database.getConnection()) {
            session.setAutoCommit(false);
            try (Statement statement = session.createStatement()) {
                statement.execute("UPDATE inbox SET unread = unread - 1, listed = listed - 1,"
                        + " counted = pg_current_xact_id()::xid");
                statement.execute("UPDATE notification_log SET read_at = now() WHERE id = 1");
                second = CompletableFuture.supplyAsync(
                        () -> marks.markOne(7, 1, new Condition("n.recipient = ?", List.of(7L))));
                awaitALock();
                session.commit();
            }
        }
        assertThat(second.get()).isFalse();
        assertThat(marks.markOne(7, 2, new Condition("n.recipient = ?", List.of(7L))))
                .isTrue();
        assertThat(lengths.of(7)).isEqualTo(Map.of("EMAIL", new Length(0, 2L)));
    }

    private void awaitALock() {
        await().until(() -> jdbc.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                        .query(Long.class)
                        .single()
                > 0);
    }
}
