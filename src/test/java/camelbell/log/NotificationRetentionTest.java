package camelbell.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class NotificationRetentionTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final NotificationRetention retention = new NotificationRetention(
            jdbc, new RetentionProperties(Duration.ofDays(30), Duration.ofDays(90), 10), Clock.systemUTC());

    @Test
    void what_an_operator_retries_while_it_is_being_forgotten_stays() {
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 2, 0)").update();
        jdbc.sql("INSERT INTO notification_log SELECT n, n, 1, 'EMAIL', 'FAILED', 'SMTP 550', true, NULL,"
                        + " now() - interval '31 days' FROM generate_series(1, 2) n")
                .update();

        CompletableFuture<Void> forgetting = transaction.execute(status -> {
            jdbc.sql("SELECT 1 FROM inbox WHERE recipient = 1 FOR UPDATE")
                    .query(Integer.class)
                    .list();
            CompletableFuture<Void> other = CompletableFuture.runAsync(
                    () -> transaction.executeWithoutResult(forget -> retention.forgetNotifications()));
            await().untilAsserted(() -> assertThat(waiting()).isEqualTo(1));
            jdbc.sql("UPDATE notification_log SET status = 'PENDING', reason = NULL WHERE id = 1")
                    .update();
            jdbc.sql("INSERT INTO delivery (notification_id, channel, due_at, attempt, created_at)"
                            + " VALUES (1, 'EMAIL', now(), 0, now())")
                    .update();
            return other;
        });

        assertThat(forgetting).succeedsWithin(SOON);
        assertThat(jdbc.sql("SELECT id FROM notification_log").query(Long.class).list())
                .containsExactly(1L);
        assertThat(jdbc.sql("SELECT unread FROM inbox").query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void forgetting_what_was_read_changes_the_inbox_so_that_lists_are_counted_anew() {
        jdbc.sql("INSERT INTO inbox VALUES (1, 'EMAIL', 0, 0), (2, 'EMAIL', 0, 0)")
                .update();
        jdbc.sql("INSERT INTO notification_log SELECT 1, 1, 1, 'EMAIL', 'SENT', NULL, true, NULL,"
                        + " now() - interval '31 days', now(), now()")
                .update();
        List<String> before = versions();

        transaction.executeWithoutResult(forget -> retention.forgetNotifications());

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

    private long waiting() {
        return jdbc.sql("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Long.class)
                .single();
    }
}
