package camelbell.runtime.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Permits for answers of the REST API, each for the memory of one: a GET takes one before its work begins, and gives it
 * back when its answer has ended, which is when its client has taken all but what fits into the connection. One person has
 * a quarter of them at most. Who finds none waits in line for a moment, and holds nothing meanwhile.
 */
@Component("answerCapacity")
class AnswerCapacity implements Handler<RoutingContext> {

    /** The largest page: 100 titles of 4,096 code points, and what it is made from. */
    private static final long BYTES_OF_ONE = 2L << 20;

    private static final int PEOPLE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long AGAIN_SECONDS = 1;
    private static final int LINE = 1000;

    private final Refusals refusals;
    private final Counter throttled;
    private final int share;
    private final int lineOfOne;
    private final Map<Long, PersonShare> people = new HashMap<>();
    private final Set<Guest> line = new LinkedHashSet<>();
    private long free;

    AnswerCapacity(HttpLimits limits, TurnProperties turns, Refusals refusals, MeterRegistry meters) {
        this.free = Math.max(1, limits.answers().toBytes() / BYTES_OF_ONE);
        this.share = (int) Math.max(1, free / PEOPLE);
        this.lineOfOne = turns.waiting();
        this.refusals = refusals;
        this.throttled = Counter.builder("camelbell.http.throttled")
                .description("Requests and handshakes answered with 429")
                .tag("by", "rooms") // as dashboards know it
                .register(meters);
    }

    @Override
    public void handle(RoutingContext context) {
        if (!HttpMethod.GET.equals(context.request().method())) {
            context.next();
            return;
        }
        if (context.response().closed()) {
            return; // its end has been told already, and would not be told again
        }
        Guest guest = new Guest(context, TurnHandler.user(context));
        switch (come(guest)) {
            case INSIDE -> {
                context.addEndHandler(ended -> leave(guest));
                context.next();
            }
            case WAITS -> {
                context.request().pause();
                guest.await(PATIENCE, () -> giveUp(guest));
                context.addEndHandler(ended -> leave(guest));
                callNext(); // one may have left meanwhile
            }
            case TOO_MANY_OF_ONE -> throttle(context);
            case TOO_MANY -> refusals.refuse(context, HttpError.OVERLOADED);
        }
    }

    synchronized int waiting() {
        return line.size();
    }

    /** True while somebody waits for a permit that others hold. */
    synchronized boolean isShort() {
        return free == 0 && line.stream().anyMatch(guest -> guest.person.inside < share);
    }

    private enum Reception {
        INSIDE,
        WAITS,
        TOO_MANY_OF_ONE,
        TOO_MANY
    }

    private synchronized Reception come(Guest guest) {
        PersonShare person = people.computeIfAbsent(guest.who, who -> new PersonShare());
        guest.person = person;
        if (free > 0 && person.inside < share) {
            enter(guest);
            return Reception.INSIDE;
        }
        if (person.waiting >= lineOfOne || line.size() >= LINE) {
            forgetIdle(guest);
            return person.waiting >= lineOfOne ? Reception.TOO_MANY_OF_ONE : Reception.TOO_MANY;
        }
        line.add(guest);
        person.waiting++;
        return Reception.WAITS;
    }

    private void enter(Guest guest) {
        free--;
        guest.inside = true;
        guest.person.inside++;
    }

    private synchronized void leave(Guest guest) {
        guest.stopWaiting();
        if (line.remove(guest)) {
            guest.person.waiting--;
        }
        if (guest.inside) {
            guest.inside = false;
            guest.person.inside--;
            free++;
            callNext();
        }
        forgetIdle(guest);
    }

    private void forgetIdle(Guest guest) {
        if (guest.person.inside == 0 && guest.person.waiting == 0) {
            people.remove(guest.who, guest.person);
        }
    }

    /** In the order of the line, but for those who have their share. */
    private synchronized void callNext() {
        Iterator<Guest> next = line.iterator();
        while (free > 0 && next.hasNext()) {
            Guest guest = next.next();
            if (guest.person.inside < share) {
                next.remove();
                guest.person.waiting--;
                enter(guest);
                guest.goOn();
            }
        }
    }

    private void giveUp(Guest guest) {
        boolean waited;
        boolean forOwn;
        synchronized (this) {
            waited = line.remove(guest);
            forOwn = guest.person.inside >= share;
            if (waited) {
                guest.person.waiting--;
            }
        }
        if (!waited) {
            return;
        }
        guest.context.request().resume();
        if (forOwn) {
            throttle(guest.context);
        } else {
            refusals.refuse(guest.context, HttpError.OVERLOADED);
        }
    }

    private void throttle(RoutingContext context) {
        throttled.increment();
        HttpErrors.throttled(context, AGAIN_SECONDS);
    }

    private static final class PersonShare {

        private int inside;
        private int waiting;
    }

    /** One request; what it is, is told under the lock of all. */
    private static final class Guest {

        private final RoutingContext context;
        private final Context loop;
        private final long who;
        private PersonShare person = new PersonShare();
        private boolean inside;
        private long timer = -1;

        Guest(RoutingContext context, long who) {
            this.context = context;
            this.who = who;
            this.loop = context.vertx().getOrCreateContext();
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
