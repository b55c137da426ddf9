package camelbell.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WakeupTest {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Wakeup wakeup = new Wakeup();

    @Test
    void who_waits_goes_on_when_something_comes() throws Exception {
        CompletableFuture<Void> waiting = waiting();
        wakeup.call();
        waiting.get(1, TimeUnit.MINUTES);
    }

    @Test
    void what_came_before_the_wait_ends_it_unless_it_is_forgotten() throws InterruptedException {
        wakeup.call();
        assertThat(wakeup.await(FOR_EVER)).isTrue();

        wakeup.call();
        wakeup.forget();
        assertThat(wakeup.await(1)).isFalse();
    }

    @Test
    void nobody_waits_after_the_end_however_often() throws Exception {
        CompletableFuture<Void> waiting = waiting();
        wakeup.end();
        waiting.get(1, TimeUnit.MINUTES);
        wakeup.forget();
        assertThat(wakeup.await(FOR_EVER)).isFalse();
    }

    private CompletableFuture<Void> waiting() {
        return CompletableFuture.runAsync(() -> {
            try {
                boolean unused = wakeup.await(FOR_EVER);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
