package camelbell.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class AnsweredOnceTest {

    @Test
    void a_server_that_hangs_is_asked_once_however_many_probes_come_and_each_gets_its_answer() {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch hangs = new CountDownLatch(1);
        AnsweredOnce once = new AnsweredOnce(
                () -> {
                    looks.incrementAndGet();
                    try {
                        hangs.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Health.up().build();
                },
                Duration.ofMillis(100));
        var probes = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Health>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(CompletableFuture.supplyAsync(once::health, probes));
            }
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().getStatus()).isEqualTo(Status.DOWN));
            assertThat(once.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(looks).hasValue(1);
            hangs.countDown();
            await().until(() -> once.health().getStatus().equals(Status.UP));
        } finally {
            hangs.countDown();
            probes.shutdownNow();
        }
    }

    @Test
    void a_look_that_throws_is_down_with_its_reason() {
        AnsweredOnce once = new AnsweredOnce(
                () -> {
                    throw new IllegalStateException();
                },
                Duration.ofSeconds(5));
        assertThat(once.health().getDetails()).containsEntry("reason", "IllegalStateException");
    }
}
