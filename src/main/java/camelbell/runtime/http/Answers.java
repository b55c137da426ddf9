package camelbell.runtime.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Cuts clients that do not take their answers: each one after the write time-out, and once there is too much that nobody
 * takes, whoever takes it slowly. One timer for all connections of an event loop.
 */
@Component("answers")
public class Answers {

    private static final Duration LOOK = Duration.ofMillis(250);

    /** Who has not taken the next step of an answer after so long goes when memory is short. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final AtomicLong queued = new AtomicLong();
    private final long limit;
    private final Duration writeTimeout;
    private final AtomicLong reserved = new AtomicLong();
    private final AnswerCapacity capacity;
    private final Refusals refusals;
    private volatile long refusedAt = System.nanoTime() - LOOK.multipliedBy(2).toNanos();

    Answers(HttpLimits limits, AnswerCapacity capacity, Refusals refusals, MeterRegistry meters) {
        this.limit = limits.answers().toBytes();
        this.writeTimeout = limits.writeTimeout();
        this.capacity = capacity;
        this.refusals = refusals;
        Gauge.builder("camelbell.http.queued", queued, AtomicLong::get)
                .description("Bytes of answers that clients have still to take")
                .baseUnit("bytes")
                .register(meters);
    }

    /** Those of one event loop; called on it. */
    Loop loop(Vertx vertx) {
        Loop loop = new Loop();
        vertx.setPeriodic(LOOK.toMillis(), later -> loop.look(System.nanoTime()));
        return loop;
    }

    /**
     * Writes so many bytes of a file, if there is room for them beside all that clients have still to take. False when there is
     * none: then nothing was written, and who takes his answers slowly is looked for.
     */
    public boolean write(int bytes, Runnable piece) {
        if (queued.get() + reserved.addAndGet(bytes) > limit) {
            reserved.addAndGet(-bytes);
            refusedAt = System.nanoTime();
            return false;
        }
        try {
            piece.run(); // counts as queued from now on
            return true;
        } finally {
            reserved.addAndGet(-bytes);
        }
    }

    private boolean isShort() {
        return queued.get() > limit
                || capacity.isShort()
                || System.nanoTime() - refusedAt < LOOK.multipliedBy(2).toNanos();
    }

    /** Used by its event loop only. */
    final class Loop {

        private final Set<AnswerWatch> watches = new HashSet<>();

        /** What is returned ends it: a socket has rules of its own. */
        Runnable watch(Channel channel) {
            AnswerWatch watch = new AnswerWatch(channel, queued);
            watches.add(watch);
            channel.pipeline().addFirst("answer-watch", watch);
            var unused = channel.closeFuture().addListener(closed -> watches.remove(watch));
            return () -> {
                watches.remove(watch);
                channel.pipeline().remove(watch);
            };
        }

        private void look(long now) {
            boolean isShort = isShort();
            for (AnswerWatch watch : Set.copyOf(watches)) {
                long stalled = watch.stalled(now);
                if (stalled > writeTimeout.toNanos()) {
                    refusals.count("write_timeout");
                    watch.cut();
                } else if (isShort && stalled > SLOW.toNanos()) {
                    refusals.count("unread");
                    watch.cut();
                }
            }
        }
    }
}
