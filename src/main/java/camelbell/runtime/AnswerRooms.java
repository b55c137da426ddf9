package camelbell.runtime;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Room in memory for the answers of the REST API: each GET takes one before its work begins, and gives it back when its
 * answer has ended, which is when its client has taken all but what fits into the connection. Who finds none waits in
 * line for a moment.
 */
@Component("answerRooms")
class AnswerRooms implements Handler<RoutingContext> {

    /** The largest page: 100 titles of 4,096 code points, and what it is made from. */
    private static final long ROOM = 2L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LINE = 1000;

    private final Refusals refusals;
    private final Set<Guest> line = new LinkedHashSet<>();
    private long free;

    AnswerRooms(HttpLimits limits, Refusals refusals) {
        this.free = Math.max(1, limits.answers().toBytes() / ROOM);
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext context) {
        if (!HttpMethod.GET.equals(context.request().method())) {
            context.next();
            return;
        }
        Guest guest = new Guest(context, context.vertx().getOrCreateContext());
        context.addEndHandler(ended -> leave(guest));
        if (enter(guest)) {
            context.next();
        } else if (waiting() >= LINE) {
            refusals.refuse(context, HttpError.OVERLOADED);
        } else {
            context.request().pause();
            guest.await(PATIENCE, () -> giveUp(guest));
            queue(guest);
        }
    }

    synchronized int waiting() {
        return line.size();
    }

    private synchronized boolean enter(Guest guest) {
        if (free == 0) {
            return false;
        }
        free--;
        guest.inside = true;
        return true;
    }

    private synchronized void queue(Guest guest) {
        line.add(guest);
        callNext(); // one may have left meanwhile
    }

    private synchronized void leave(Guest guest) {
        guest.stopWaiting();
        line.remove(guest);
        if (guest.inside) {
            guest.inside = false;
            free++;
            callNext();
        }
    }

    private void callNext() {
        while (free > 0 && !line.isEmpty()) {
            Guest first = line.iterator().next();
            line.remove(first);
            enter(first);
            first.goOn();
        }
    }

    private void giveUp(Guest guest) {
        boolean waited;
        synchronized (this) {
            waited = line.remove(guest);
        }
        if (waited) {
            guest.context.request().resume();
            refusals.refuse(guest.context, HttpError.OVERLOADED);
        }
    }

    /** One request; what it is, is told under the lock of all. */
    private static final class Guest {

        private final RoutingContext context;
        private final Context loop;
        private boolean inside;
        private long timer = -1;

        Guest(RoutingContext context, Context loop) {
            this.context = context;
            this.loop = loop;
        }

        void await(Duration limit, Runnable then) {
            timer = context.vertx().setTimer(limit.toMillis(), late -> then.run());
        }

        void stopWaiting() {
            if (timer >= 0) {
                context.vertx().cancelTimer(timer);
            }
        }

        void goOn() {
            stopWaiting();
            loop.runOnContext(turn -> {
                if (!context.response().ended() && !context.response().closed()) {
                    context.request().resume();
                    context.next();
                }
            });
        }
    }
}
