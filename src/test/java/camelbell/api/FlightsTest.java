package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class FlightsTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();

    @AfterEach
    void end() {
        known.countDown();
        askers.shutdownNow();
    }

    @Test
    void who_waits_for_the_answer_to_one_question_keeps_nobody_from_asking_another() {
        Flights<String, Integer> flights = new Flights<>(LONG);
        CompletableFuture<Integer> first = ask(flights, "slow", this::slow);
        await().until(() -> answered.get() == 1);
        CompletableFuture<Integer> second = ask(flights, "slow", this::slow);
        CompletableFuture<Integer> third = ask(flights, "slow", this::slow);
        CompletableFuture<Integer> fourth = ask(flights, "slow", this::slow);
        await().until(() -> flights.waiting("slow") == 2);

        await().until(ask(flights, "quick", () -> 7)::isDone);

        known.countDown();
        assertThat(first).succeedsWithin(LONG).isEqualTo(1);
        assertThat(second).succeedsWithin(LONG).isEqualTo(2);
        assertThat(third).succeedsWithin(LONG).isEqualTo(2);
        assertThat(fourth).succeedsWithin(LONG).isEqualTo(2);
    }

    @Test
    void a_question_is_given_up_after_a_while_with_what_routes_answer_as_unavailable() {
        Flights<String, Integer> flights = new Flights<>(Duration.ofMillis(50));
        var unused = ask(flights, "slow", this::slow);
        await().until(() -> answered.get() == 1);
        unused = ask(flights, "slow", this::slow);
        await().until(() -> flights.waiting("slow") == 2);
        CompletableFuture<Integer> third = ask(flights, "slow", this::slow);
        assertThat(third)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(QueryTimeoutException.class)
                .withNoCause();
    }

    private CompletableFuture<Integer> ask(
            Flights<String, Integer> flights, String question, Supplier<Integer> answer) {
        return CompletableFuture.supplyAsync(() -> flights.join(question, answer), askers);
    }

    /** How many answers there were, once that is known. */
    private int slow() {
        int number = answered.incrementAndGet();
        try {
            boolean unused = known.await(LONG.toMinutes(), TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return number;
    }
}
