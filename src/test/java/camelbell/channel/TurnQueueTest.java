package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnQueueTest {

    private static final long QUICK = 100_000;
    private static final long SLOW = 200_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final TurnQueue queue = new TurnQueue(100, clock::get);
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ExecutorService two = Executors.newSingleThreadExecutor();
    private final ExecutorService three = Executors.newSingleThreadExecutor();

    @BeforeEach
    void fill() {
        DefaultCamelContext camel = new DefaultCamelContext();
        for (int i = 0; i < 50; i++) {
            queue.add(new DefaultExchange(camel));
        }
    }

    @AfterEach
    void end() {
        one.shutdownNow();
        two.shutdownNow();
        three.shutdownNow();
    }

    @Test
    void a_quick_provider_has_work_given_to_two_threads_and_a_third_finds_the_queue_empty() throws Exception {
        provider(QUICK);
        assertThat(taken(one)).isNotNull();
        assertThat(taken(two)).isNotNull();

        assertThat(taken(three)).isNull();
        assertThat(taken(one)).isNotNull();
    }

    @Test
    void who_is_held_up_by_one_message_leaves_its_turn_to_another() throws Exception {
        provider(QUICK);
        assertThat(taken(one)).isNotNull();
        assertThat(taken(two)).isNotNull();
        clock.addAndGet(TurnQueue.HELD_UP);

        assertThat(taken(three)).isNotNull();
    }

    @Test
    void a_message_taken_while_all_had_work_holds_no_turn_when_the_provider_is_quick_again() throws Exception {
        provider(QUICK);
        taken(one);
        taken(two);
        Future<@Nullable Exchange> waiting = three.submit(() -> queue.poll(20, TimeUnit.SECONDS));
        provider(SLOW);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(taken(one)).isNotNull();

        provider(QUICK);

        assertThat(taken(two)).isNotNull();
    }

    @Test
    void a_slow_provider_has_work_given_to_all() throws Exception {
        provider(QUICK);
        taken(one);
        taken(two);
        Future<@Nullable Exchange> waiting = three.submit(() -> queue.poll(20, TimeUnit.SECONDS));

        provider(SLOW);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void who_finds_nothing_gives_its_turn_to_another() throws Exception {
        provider(QUICK);
        queue.clear();
        assertThat(taken(one)).isNull();
        assertThat(taken(two)).isNull();
        queue.add(new DefaultExchange(new DefaultCamelContext()));

        assertThat(taken(three)).isNotNull();
    }

    @Test
    void a_thread_that_has_ended_holds_no_turn() throws Exception {
        provider(QUICK);
        taken(one);
        taken(two);
        one.shutdown();
        two.shutdown();
        assertThat(one.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(two.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        taken(three); // who finds none looks who is still there

        assertThat(taken(three)).isNotNull();
    }

    private void provider(long nanos) {
        for (int i = 0; i < 40; i++) {
            queue.took(nanos);
        }
    }

    private @Nullable Exchange taken(ExecutorService thread) throws Exception {
        return thread.submit(() -> queue.poll(50, TimeUnit.MILLISECONDS)).get(10, TimeUnit.SECONDS);
    }
}
