package camelbell.runtime.websocket;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Handshakes ask the database, on threads of their own, so that a slow one or a storm of clients holds up no REST request.
 * Few wait for a thread, and none for long: a client that is told to come again costs less than one that has given up.
 */
@Component("handshakeQueue")
class HandshakeQueue {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WorkerExecutor workers;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    HandshakeQueue(Vertx vertx, SocketLimits limits) {
        this.workers = vertx.createSharedWorkerExecutor("camelbell-handshakes", limits.handshakeWorkers());
        this.most = limits.handshakeWorkers() + limits.handshakeQueue();
    }

    /** Fails with {@link RejectedExecutionException} when too many wait, or this one has waited too long. */
    <T> Future<T> submit(Callable<T> handshake) {
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return Future.failedFuture(new RejectedExecutionException("too many handshakes wait"));
        }
        long since = System.nanoTime();
        return workers.executeBlocking(
                        () -> {
                            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                                throw new RejectedExecutionException("waited too long for a thread");
                            }
                            return handshake.call();
                        },
                        false)
                .onComplete(ended -> underWay.decrementAndGet());
    }
}
