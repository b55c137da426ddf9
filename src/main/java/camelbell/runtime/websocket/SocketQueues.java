package camelbell.runtime.websocket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What waits for all clients of this node together, within a budget: above it a client that has something to read is
 * neither sent more nor read from, and those that read nothing are cut, the largest debtors first, until a quarter is free.
 */
@Component("socketQueues")
class SocketQueues {

    private static final Logger log = LoggerFactory.getLogger(SocketQueues.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int SLOW = 4408;

    private final AtomicLong queued = new AtomicLong();
    private final long limit;
    private final long limitOfOne;
    private boolean wasCrowded;
    private long cut;

    SocketQueues(SocketLimits limits, MeterRegistry meters) {
        this.limit = limits.queuedLimit().toBytes();
        this.limitOfOne = limits.slowReaderLimit().toBytes();
        Gauge.builder("camelbell.websocket.queued", queued, AtomicLong::get)
                .description("Bytes queued towards all clients of this node that the network has not taken")
                .baseUnit("bytes")
                .register(meters);
    }

    /** What one client is held to. */
    Backpressure pressure() {
        return new Backpressure(limitOfOne);
    }

    void queued(int bytes) {
        queued.addAndGet(bytes);
    }

    void taken(int bytes) {
        queued.addAndGet(-bytes);
    }

    boolean crowded() {
        return queued.get() >= limit;
    }

    /** Looks at these every second, for as long as the server runs. */
    void watch(Vertx vertx, Collection<HubSocket> open) {
        vertx.setPeriodic(LOOK.toMillis(), now -> look(open));
    }

    private void look(Collection<HubSocket> open) {
        boolean crowded = crowded();
        if (crowded) {
            cutLargest(open);
        }
        if (crowded || wasCrowded) {
            open.forEach(HubSocket::regard); // may read on, now that it is not crowded, or has to stop
        }
        if (crowded != wasCrowded) {
            log.warn(
                    "sockets {} queued={} queued-limit={} cut={}",
                    crowded ? "crowded" : "no longer crowded",
                    queued,
                    limit,
                    cut);
            cut = crowded ? cut : 0;
        }
        wasCrowded = crowded;
    }

    private void cutLargest(Collection<HubSocket> open) {
        List<HubSocket> largest = open.stream()
                .filter(socket -> socket.stalled(LOOK))
                .sorted(Comparator.comparingLong(HubSocket::backlog).reversed())
                .toList();
        long toFree = queued.get() - limit / 4 * 3;
        for (HubSocket socket : largest) {
            if (toFree <= 0) {
                return;
            }
            toFree -= socket.backlog();
            socket.cut(SLOW);
            cut++;
        }
    }
}
