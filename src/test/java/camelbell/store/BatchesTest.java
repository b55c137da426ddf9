package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.it.Stack;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;

class BatchesTest {

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
        return new Batches(new JdbcTransactionManager(Stack.migratedDatabase()), properties(share), hub);
    }

    private static RetentionProperties properties(double share) {
        return new RetentionProperties(Duration.ZERO, Duration.ZERO, 10, share);
    }
}
