package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import camelbell.model.NotificationStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class NotificationRowsTest {

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final InboxCounters counters = new InboxCounters(jdbc);
    private final NotificationRows rows = new NotificationRows(jdbc, counters);

    @Test
    void what_is_marked_while_it_is_skipped_is_counted_out_once() {
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 2, 0)").update();
        jdbc.sql("INSERT INTO notification_log SELECT n, n, 1, 'EMAIL', 'PENDING', NULL, true, NULL, now()"
                        + " FROM generate_series(1, 2) n")
                .update();
        List<Settled> skipped = List.of(new Settled(1, NotificationStatus.SKIPPED, "NO_ADDRESS", null, null));

        CompletableFuture<Void> settling = transaction.execute(status -> {
            jdbc.sql("SELECT 1 FROM inbox WHERE recipient = 1 FOR UPDATE")
                    .query(Integer.class)
                    .list();
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> transaction.executeWithoutResult(settle -> rows.settle(skipped)));
            await().untilAsserted(() -> assertThat(waiting()).isEqualTo(1));
            jdbc.sql("UPDATE notification_log SET read_at = now() WHERE id = 1").update();
            jdbc.sql("UPDATE inbox SET unread = unread - 1").update();
            return other;
        });

        assertThat(settling).succeedsWithin(Duration.ofSeconds(20));
        assertThat(unread()).isEqualTo(1);
        transaction.executeWithoutResult(status -> rows.settle(skipped));
        assertThat(unread()).isEqualTo(1);
        transaction.executeWithoutResult(
                status -> rows.settle(List.of(new Settled(2, NotificationStatus.SKIPPED, "NO_ADDRESS", null, null))));
        assertThat(unread()).isZero();
    }

    @Test
    void skipping_what_was_read_changes_the_inbox_so_that_lists_are_counted_anew() {
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 0, 0)").update();
        jdbc.sql(
                        "INSERT INTO notification_log SELECT 1, 1, 1, 'EMAIL', 'PENDING', NULL, true, NULL, now(), NULL, now()")
                .update();
        String before = version();

        transaction.executeWithoutResult(
                status -> rows.settle(List.of(new Settled(1, NotificationStatus.SKIPPED, "NO_ADDRESS", null, null))));

        assertThat(version()).isNotEqualTo(before);
        assertThat(unread()).isZero();
    }

    private String version() {
        return jdbc.sql("SELECT xmin::text FROM inbox").query(String.class).single();
    }

    @Test
    void whose_counters_another_session_holds_is_told_without_waiting_for_it() throws SQLException {
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 1, 0), (2, 'EMAIL', 1, 0)")
                .update();
        jdbc.sql("INSERT INTO notification_log SELECT n, n, n, 'EMAIL', 'PENDING', NULL, true, NULL, now()"
                        + " FROM generate_series(1, 2) n")
                .update();
        try (Connection frozen = database.getConnection()) {
            frozen.setAutoCommit(false);
            try (Statement lock = frozen.createStatement()) {
                lock.execute("SELECT 1 FROM inbox WHERE recipient = 1 FOR UPDATE");
            }
            assertThat(held(1L, 2L)).containsExactly(1L);
            frozen.rollback();
        }
        assertThat(held(1L, 2L)).isEmpty();
    }

    private Set<Long> held(Long... notifications) {
        return Set.copyOf(
                Objects.requireNonNull(transaction.execute(status -> counters.heldOf(List.of(notifications)))));
    }

    private long waiting() {
        return jdbc.sql("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Long.class)
                .single();
    }

    private long unread() {
        return jdbc.sql("SELECT unread FROM inbox").query(Long.class).single();
    }
}
