package camelbell.runtime.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The HTTP requests under way, so that a stop lets them end. WebSockets are not counted: their stage closes them. */
@Component("requestCount")
public class RequestCount {

    private static final Logger log = LoggerFactory.getLogger(RequestCount.class);

    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<Boolean> idle = new CompletableFuture<>();
    private volatile boolean draining;

    void count(RoutingContext context) {
        if (!context.normalizedPath().startsWith("/ws/")) {
            underWay.incrementAndGet();
            context.addEndHandler(ended -> {
                if (underWay.decrementAndGet() == 0 && draining) {
                    idle.complete(true);
                }
            });
        }
    }

    int underWay() {
        return underWay.get();
    }

    /** From here on clients are asked to go elsewhere; the event comes before anything is stopped. */
    @EventListener(ContextClosedEvent.class)
    public void beginDraining() {
        draining = true;
    }

    /** True once the hub is stopping: responses then ask the client to close its connection, sockets are refused. */
    public boolean draining() {
        return draining;
    }

    /** Waits until the requests under way are answered, at most this long. */
    void drain(Duration limit) {
        beginDraining();
        if (underWay.get() > 0
                && !idle.completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                        .join()) {
            log.warn("requests cut off at stop count={} waited={}", underWay.get(), limit);
        }
    }
}
