package camelbell.runtime.health;

import camelbell.model.Budget;
import camelbell.runtime.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;

/**
 * A look at a server that many probes share: one at a time, an answer is good for a second, and nobody waits longer than
 * he may. A server that hangs costs one thread, however many ask.
 */
public final class AnsweredOnce {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Health> look;
    private final Duration patience;
    private @Nullable CompletableFuture<Health> newest;
    private long asked;

    public AnsweredOnce(Supplier<Health> look, Duration patience) {
        this.look = look;
        this.patience = patience;
    }

    public Health health() {
        try {
            return current().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            return Health.down().withDetail("reason", Reason.of(failed)).build();
        } catch (TimeoutException e) {
            return Health.down()
                    .withDetail("reason", "no answer within " + patience.toMillis() + " ms")
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }

    private synchronized CompletableFuture<Health> current() {
        CompletableFuture<Health> before = newest;
        long now = System.nanoTime();
        if (before != null && (!before.isDone() || now - asked < FRESH.toNanos())) {
            return before;
        }
        asked = now;
        CompletableFuture<Health> next = CompletableFuture.supplyAsync(() -> Budget.HEALTH.get(look), OWN_THREAD);
        newest = next;
        return next;
    }

    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "camelbell-health");
        thread.setDaemon(true);
        thread.start();
    };
}
