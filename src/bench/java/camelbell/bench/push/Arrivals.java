package camelbell.bench.push;

import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The frames of some events that are measured: whether each came, once, to whom it is meant for. The thread of the clients
 * fills it; all but the wait is to be asked by whoever has waited.
 */
final class Arrivals {

    private static final long PATIENCE = 60;

    private final Events events;
    private final int from;
    private final int wanted;
    private final Places places;
    private final BitSet have = new BitSet();
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(1);
    private final Figures times = new Figures();
    private long firstAt;
    private long lastAt;

    /** Which of the frames this is. */
    interface Places {

        /** Not for this client. */
        int NONE = -1;

        /** From 0, another one for each frame. */
        int of(int event, int client);

        /** Each event is for each of so many clients. */
        static Places everybody(int clients) {
            return (event, client) -> event * clients + client;
        }

        /** Each event is for one of so many clients, one after the other. */
        static Places oneEach(int clients) {
            return (event, client) -> event % clients == client ? event : NONE;
        }
    }

    /** So many frames, of the events from this one on. */
    Arrivals(Events events, int from, int wanted, Places places) {
        this.events = events;
        this.from = from;
        this.wanted = wanted;
        this.places = places;
    }

    /** False for a frame that came before, or to whom it is not for, or of an event that is not measured (any more). */
    boolean came(int client, int event, long nanos) {
        int place = event < from ? Places.NONE : places.of(event - from, client);
        if (place < 0 || place >= wanted || have.get(place)) {
            return false;
        }
        have.set(place);
        times.add(nanos - events.postedAt(event));
        firstAt = count.get() == 0 ? nanos : firstAt;
        lastAt = nanos;
        if (count.incrementAndGet() == wanted) {
            all.countDown();
        }
        return true;
    }

    /** Until all have come; so long as more come it goes on. */
    void await(Crowd crowd) throws InterruptedException {
        int before = -1;
        while (!all.await(PATIENCE, TimeUnit.SECONDS)) {
            if (count.get() == before) {
                throw new IllegalStateException("LOST: of " + wanted + " frames " + before + " came, and no more for "
                        + PATIENCE + " s; " + crowd.wrong());
            }
            before = count.get();
        }
    }

    /** From when each event was posted until each client had its frame. */
    Figures times() {
        return times;
    }

    /** How many. */
    int wanted() {
        return wanted;
    }

    /** The first of the events. */
    int from() {
        return from;
    }

    /** When the first of the frames came, in {@link System#nanoTime}. */
    long firstAt() {
        return firstAt;
    }

    /** When the last of the frames came, in {@link System#nanoTime}. */
    long lastAt() {
        return lastAt;
    }
}
