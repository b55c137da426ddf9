package camelbell.runtime.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets requests pass to the workers one person after the other, so that nobody's many requests hold up somebody else's
 * few. Who waits holds no thread; who waits too long is told when to come again: 429 when it was for other requests of the
 * same person, 503 when it was for everybody's. Callbacks and pages are nobody's own, and get 503.
 */
@Component("turnHandler")
class TurnHandler implements Handler<RoutingContext> {

    private static final long AGAIN_SECONDS = 1;
    private static final String USER = "turn-of";

    private final Vertx vertx;
    private final TurnProperties limits;
    private final FairQueue<Long> rest;
    private final FairQueue<String> others;
    private final Map<HttpServerRequest, Held> underWay = new ConcurrentHashMap<>();
    private final Counter throttled;
    private final Counter late;

    TurnHandler(Vertx vertx, HttpProperties http, TurnProperties limits, MeterRegistry meters) {
        this.vertx = vertx;
        this.limits = limits;
        this.rest = new FairQueue<>(limits.perPerson(), limits.waiting(), limits.inAll());
        int half = Math.max(1, http.workers() / 2);
        this.others = new FairQueue<>(half, Integer.MAX_VALUE, half);
        this.throttled = Counter.builder("camelbell.http.throttled")
                .description("Requests and handshakes answered with 429")
                .tag("by", "turns")
                .register(meters);
        this.late = Counter.builder("camelbell.http.late")
                .description("Requests answered with 503 because no worker began with them in time")
                .register(meters);
        Gauge.builder("camelbell.http.turns", () -> rest.underWay() + others.underWay())
                .description("Requests that workers are at")
                .register(meters);
        Gauge.builder("camelbell.http.waiting", () -> rest.queued() + others.queued())
                .description("Requests that wait for their turn")
                .register(meters);
    }

    /** Says whose request it is; without it, it is nobody's: webhooks and unsubscribe pages. */
    static void of(RoutingContext context, long user) {
        context.put(USER, user);
    }

    /** Whose request it is; 0 when it is nobody's. */
    static long user(RoutingContext context) {
        return context.get(USER, 0L);
    }

    /** Goes on with the request in its turn: behind the body, which comes as slowly as its client likes. */
    @Override
    public void handle(RoutingContext context) {
        Long user = context.get(USER);
        if (user == null) {
            take(context, others, "");
        } else {
            take(context, rest, user);
        }
    }

    private <K> void take(RoutingContext context, FairQueue<K> turns, K who) {
        if (context.response().closed() || context.response().ended()) {
            context.request().resume();
            return; // its end has been told already, and would not be told again
        }
        Context loop = vertx.getOrCreateContext();
        AtomicReference<Long> timer = new AtomicReference<>();
        context.request().pause();
        FairQueue.Turn<K> turn = turns.enter(
                who,
                () -> loop.runOnContext(begin -> {
                    stop(timer.getAndSet(null));
                    context.request().resume();
                    if (!context.response().ended() && !context.response().closed()) {
                        context.next();
                    }
                }));
        if (turn == null) {
            refuse(context, turns == rest);
            return;
        }
        Held held = new Held(() -> turns.leave(turn));
        underWay.put(context.request(), held);
        context.addEndHandler(ended -> {
            stop(timer.getAndSet(null));
            underWay.remove(context.request());
            held.answered();
        });
        if (turns.waits(turn) != FairQueue.Wait.NO) {
            timer.set(vertx.setTimer(limits.patience().toMillis(), over -> giveUp(context, turns, turn)));
        }
    }

    /** A route begins with a request; its turn lasts until {@link Held#end}. */
    @Nullable
    Held begun(HttpServerRequest request) {
        Held held = underWay.get(request);
        return held != null && held.state.compareAndSet(State.WAITS, State.BEGUN) ? held : null;
    }

    private enum State {
        WAITS,
        BEGUN,
        OVER
    }

    /**
     * A turn lasts as long as the route has a thread, whether its client has gone away meanwhile or is slow to read what
     * comes afterwards; without a route until there is an answer.
     */
    static final class Held {

        private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);
        private final Runnable leave;

        private Held(Runnable leave) {
            this.leave = leave;
        }

        private void answered() {
            if (state.compareAndSet(State.WAITS, State.OVER)) {
                leave.run();
            }
        }

        /** The route has ended. */
        void end() {
            if (state.compareAndSet(State.BEGUN, State.OVER)) {
                leave.run();
            }
        }
    }

    private <K> void giveUp(RoutingContext context, FairQueue<K> turns, FairQueue.Turn<K> turn) {
        FairQueue.Wait waits = turns.waits(turn);
        if (waits == FairQueue.Wait.NO) {
            return;
        }
        refuse(context, turns == rest && waits == FairQueue.Wait.FOR_OWN);
    }

    private void refuse(RoutingContext context, boolean forOwn) {
        context.request().resume();
        if (forOwn) {
            throttled.increment();
            HttpErrors.throttled(context, AGAIN_SECONDS);
        } else {
            late.increment();
            HttpErrors.answer(context, HttpError.UNAVAILABLE);
        }
    }

    private void stop(@Nullable Long timer) {
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
