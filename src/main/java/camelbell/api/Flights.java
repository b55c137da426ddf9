package camelbell.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/**
 * The same question asked by many at once is answered once for all who asked before the answering began: what they get is
 * never older than their asking. Of one question one answering runs at a time.
 */
final class Flights<K, V> {

    private final Duration patience;
    private final Map<K, Line<V>> lines = new HashMap<>();

    Flights(Duration patience) {
        this.patience = patience;
    }

    private static final class Line<V> {
        private CompletableFuture<V> running = new CompletableFuture<>();
        private @Nullable CompletableFuture<V> next;
    }

    /** Errors: those of the work, for all who wait for it; QueryTimeoutException when others took too long. */
    V join(K question, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> before = null;
        CompletableFuture<V> others = null;
        synchronized (lines) {
            Line<V> line = lines.get(question);
            if (line == null) {
                line = new Line<>();
                lines.put(question, line);
                mine = line.running;
            } else if (line.next == null) {
                before = line.running;
                line.next = mine;
            } else {
                others = line.next;
            }
        }
        if (others != null) {
            return wait(others); // not in the block above: other questions must not wait
        }
        if (before != null) {
            before.exceptionally(failed -> null).join();
        }
        return answer(question, work, mine);
    }

    /** How many answers are being made, or waited for, to this question. */
    int waiting(K question) {
        synchronized (lines) {
            Line<V> line = lines.get(question);
            return line == null ? 0 : line.next == null ? 1 : 2;
        }
    }

    private V answer(K question, Supplier<V> work, CompletableFuture<V> mine) {
        try {
            V answer = work.get();
            advance(question);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error failed) {
            advance(question);
            mine.completeExceptionally(failed);
            throw failed;
        }
    }

    private void advance(K question) {
        synchronized (lines) {
            Line<V> line = lines.get(question);
            if (line == null || line.next == null) {
                lines.remove(question);
            } else {
                line.running = line.next;
                line.next = null;
            }
        }
    }

    private V wait(CompletableFuture<V> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("The same question of somebody else failed", failed.getCause());
        } catch (TimeoutException slow) { // it is no cause: routes would answer for that one
            throw new QueryTimeoutException("No answer within " + patience + " to a question that was asked before");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted while the same question was answered", stop);
        }
    }
}
