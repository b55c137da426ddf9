package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.it.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class BatchesTest {

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final StaticApplicationContext hub = new StaticApplicationContext();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void the_rest_after_a_batch_is_in_proportion_to_what_the_batch_took() {
        long begun = System.nanoTime();
        batches(0.25).whileMore(() -> {
            long until = System.nanoTime() + Duration.ofMillis(20).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return done.incrementAndGet() < 4;
        });
        // four of 20 ms, and three rests of 60 ms: at least, however busy the machine is
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(4 * 20 + 3 * 60));
    }

    @Test
    void a_hub_that_stops_waits_for_no_rest_and_begins_no_other_batch() throws InterruptedException {
        Batches batches = batches(0.000_001); // rests for hours
        CountDownLatch first = new CountDownLatch(1);
        Thread cleaning = new Thread(() -> batches.whileMore(() -> {
            done.incrementAndGet();
            first.countDown();
            return true;
        }));
        cleaning.start();
        first.await();

        batches.end(new ContextClosedEvent(hub));

        cleaning.join();
        assertThat(done).hasValue(1);
        batches.whileMore(() -> {
            throw new AssertionError("it has stopped");
        });
    }

    @Test
    void a_context_within_the_hub_that_ends_is_not_the_hubs_end() {
        Batches batches = batches(1);
        batches.end(new ContextClosedEvent(new StaticApplicationContext()));
        batches.whileMore(() -> done.incrementAndGet() < 3);
        assertThat(done).hasValue(3);
    }

    @Test
    void a_share_of_nothing_or_of_more_than_all_the_time_is_refused_by_its_name() {
        for (double share : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> properties(share)).hasMessageContaining("camelbell.retention.share is " + share);
        }
    }

    private Batches batches(double share) {
        return new Batches(new JdbcTransactionManager(database), jdbc, properties(share), hub);
    }

    private static RetentionProperties properties(double share) {
        return new RetentionProperties(Duration.ZERO, Duration.ZERO, 10, share, "");
    }

    @Test
    void each_batch_is_a_transaction_of_its_own_and_none_is_part_of_another() {
        JdbcTransactionManager manager = new JdbcTransactionManager(database);
        batches(1).whileMore(() -> {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            return done.incrementAndGet() < 2;
        });
        assertThat(done).hasValue(2);

        new TransactionTemplate(manager).executeWithoutResult(outer -> assertThatThrownBy(
                        () -> batches(1).whileMore(() -> false))
                .hasMessageContaining("within a transaction"));
    }

    @Test
    void a_batch_of_nothing_is_refused_since_it_would_never_end() {
        assertThatThrownBy(() -> new RetentionProperties(Duration.ZERO, Duration.ZERO, 0, 1, ""))
                .hasMessageContaining("camelbell.retention.batch is 0");
    }

    @Test
    void a_second_look_of_the_same_node_leaves_the_first_one_alone() throws InterruptedException {
        Batches batches = batches(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Thread first = new Thread(() -> batches.whileMore(() -> {
            begun.countDown();
            try {
                second.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return done.incrementAndGet() < 2;
        }));
        first.start();
        begun.await();

        batches.whileMore(() -> {
            throw new AssertionError("the first one is at it");
        });
        second.countDown();

        first.join();
        assertThat(done).hasValue(2);
    }

    @Test
    void what_is_old_goes_batch_by_batch_in_whatever_order_it_came_and_what_is_young_stays() {
        jdbc.sql(
                        "INSERT INTO parked_receipt SELECT 'wamid.' || n, 'read', NULL, NULL, now() - n * interval '1 hour', 'WHATSAPP'"
                                + " FROM generate_series(1, 95) n")
                .update();

        batches(1)
                .forget(
                        """
                        DELETE FROM parked_receipt WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM parked_receipt WHERE parked_at >= ? AND parked_at < ? LIMIT ? FOR UPDATE SKIP LOCKED))
                        RETURNING parked_at
                        """,
                        Instant.now().minus(Duration.ofMinutes(50 * 60 + 30)),
                        10);

        assertThat(jdbc.sql("SELECT count(*) FROM parked_receipt")
                        .query(Long.class)
                        .single())
                .isEqualTo(50);
    }
}
