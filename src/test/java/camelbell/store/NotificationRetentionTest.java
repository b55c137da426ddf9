package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class NotificationRetentionTest {

    private static final int BATCH = 10;

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final RetentionProperties properties =
            new RetentionProperties(Duration.ofDays(30), Duration.ofDays(90), BATCH, 1, "");
    private final NotificationRetention retention = new NotificationRetention(
            new Batches(new JdbcTransactionManager(database), jdbc, properties, new StaticApplicationContext()),
            jdbc,
            new NotificationRemoval(jdbc, new InboxCounters(jdbc)),
            properties,
            Clock.systemUTC());

    @Test
    void what_an_operator_retries_while_it_is_being_forgotten_stays() throws SQLException {
        failedLongAgo(1, 2);
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 1, 0), (2, 'EMAIL', 1, 0)")
                .update();
        try (Connection operator = open("UPDATE notification_log SET status = 'PENDING', reason = NULL WHERE id = 1")) {
            forget();
            operator.commit();
        }
        forget();
        assertThat(left()).containsExactly(1L);
        assertThat(unread()).containsExactly(1L, 0L);
    }

    @Test
    void whoever_holds_an_inbox_keeps_its_notifications_and_no_others_from_being_forgotten() throws SQLException {
        failedLongAgo(1, 2);
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 1, 0), (2, 'EMAIL', 1, 0)")
                .update();
        try (Connection frozen = open("SELECT 1 FROM inbox WHERE recipient = 2 FOR UPDATE")) {
            forget();
            assertThat(left()).containsExactly(2L);
            frozen.rollback();
        }
        forget();
        assertThat(left()).isEmpty();
        assertThat(unread()).containsExactly(0L, 0L);
    }

    @Test
    void more_than_a_batch_that_has_to_stay_holds_up_nothing_behind_it() throws SQLException {
        jdbc.sql("INSERT INTO notification_log SELECT n, n, 2, 'EMAIL', 'FAILED', 'SMTP 550', true, NULL,"
                        + " now() - interval '31 days' FROM generate_series(1, ?) n")
                .param(2 * BATCH)
                .update();
        failedLongAgo(100, 99 + 3 * BATCH);
        jdbc.sql(
                        "INSERT INTO delivery SELECT id, 'EMAIL', now(), 1, NULL, now() FROM notification_log WHERE recipient = 100")
                .update();
        jdbc.sql("INSERT INTO inbox SELECT DISTINCT recipient, 'EMAIL', 1, 0 FROM notification_log")
                .update();
        try (Connection frozen = open("SELECT 1 FROM inbox WHERE recipient = 2 FOR UPDATE")) {
            forget();
            assertThat(left()).hasSize(2 * BATCH + 1).contains(1L, 2L * BATCH, 100L);
            frozen.rollback();
        }
        forget();
        assertThat(left()).containsExactly(100L);
    }

    @Test
    void what_has_become_old_since_a_look_that_left_nothing_goes_with_the_next_one() {
        failedLongAgo(1, 2 * BATCH);
        forget();
        assertThat(left()).isEmpty();
        failedLongAgo(100, 99 + 2 * BATCH);
        forget();
        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_transaction_writes_that_drew_its_numbers_before_a_look_goes_with_the_next_one() {
        failedLongAgo(5000, 5000);
        jdbc.sql("INSERT INTO notification_log SELECT 6000, 6000, 6000, 'EMAIL', 'SENT', NULL, true, NULL, now()")
                .update();
        forget();
        failedLongAgo(1, 3);
        forget();
        assertThat(left()).containsExactly(6000L);
    }

    @Test
    void a_log_in_which_nothing_is_old_is_looked_at_where_it_begins_however_long_it_is() {
        jdbc.sql("INSERT INTO notification_log SELECT n, n, n, 'EMAIL', 'SENT', NULL, true, NULL, now()"
                        + " FROM generate_series(1, 20000) n")
                .update();
        jdbc.sql("ANALYZE notification_log").update();
        jdbc.sql("SELECT pg_stat_reset()").query(String.class).list();

        forget();

        await().until(() -> rowsRead() > 0);
        assertThat(rowsRead()).isBetween((long) BATCH, 3L * BATCH);
    }

    /** Of sessions that have ended, which say it all at once. */
    private long rowsRead() {
        return jdbc.sql(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'notification_log'")
                .query(Long.class)
                .single();
    }

    /** One notification for each of these people, under the same number. */
    private void failedLongAgo(int first, int last) {
        jdbc.sql("INSERT INTO notification_log SELECT n, n, n, 'EMAIL', 'FAILED', 'SMTP 550', true, NULL,"
                        + " now() - interval '31 days' FROM generate_series(?, ?) n")
                .params(first, last)
                .update();
    }

    private void forget() {
        retention.notifications();
    }

    private List<Long> left() {
        return jdbc.sql("SELECT id FROM notification_log").query(Long.class).list();
    }

    private List<Long> unread() {
        return jdbc.sql("SELECT unread FROM inbox ORDER BY recipient")
                .query(Long.class)
                .list();
    }

    /** A session that has done this and stands still in its transaction. */
    private Connection open(String statement) throws SQLException {
        Connection session = database.getConnection();
        session.setAutoCommit(false);
        try (Statement first = session.createStatement()) {
            first.execute(statement);
        }
        return session;
    }

    @Test
    void forgetting_what_was_read_changes_the_inbox_so_that_lists_are_counted_anew() {
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 0, 0), (2, 'EMAIL', 0, 0)")
                .update();
        jdbc.sql("INSERT INTO notification_log SELECT 1, 1, 1, 'EMAIL', 'SENT', NULL, true, NULL,"
                        + " now() - interval '31 days', now(), now()")
                .update();
        List<String> before = versions();

        forget();

        assertThat(jdbc.sql("SELECT count(*) FROM notification_log")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(versions().get(0)).isNotEqualTo(before.get(0));
        assertThat(versions().get(1)).isEqualTo(before.get(1));
        assertThat(jdbc.sql("SELECT sum(unread) FROM inbox").query(Long.class).single())
                .isZero();
    }

    private List<String> versions() {
        return jdbc.sql("SELECT xmin::text FROM inbox ORDER BY recipient")
                .query(String.class)
                .list();
    }
}
