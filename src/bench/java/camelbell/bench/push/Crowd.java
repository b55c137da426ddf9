package camelbell.bench.push;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;

/** Clients that are connected and greeted, and what came to them: in the order of seq, without a gap. */
final class Crowd implements Wire.Frames, AutoCloseable {

    private static final long PATIENCE = 60;

    private final Target target;
    private final Events events;
    private final Wire wire;
    private final Semaphore greeted = new Semaphore(0);
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger outOfTurn = new AtomicInteger();
    private final AtomicInteger troubles = new AtomicInteger();
    private final AtomicInteger unwanted = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private long[] seq = new long[0];
    private volatile Arrivals arrivals;

    Crowd(Target target, Events events) throws IOException {
        this.target = target;
        this.events = events;
        this.arrivals = new Arrivals(events, 0, 0, Arrivals.Places.everybody(0));
        this.wire = new Wire(target.port(), this);
    }

    /**
     * Connects so many, at most so many of them at once without a greeting; returns when all are greeted.
     *
     * @param owner whose each is, by its number
     */
    void connect(int clients, int atOnce, IntToLongFunction owner) throws InterruptedException {
        seq = new long[clients];
        String[] tokens = new String[clients];
        for (int client = 0; client < clients; client++) {
            tokens[client] = Events.token(target.secret(), owner.applyAsLong(client));
        }
        for (int client = 0; client < clients; client++) {
            if (client >= atOnce) {
                awaitGreetings(1);
            }
            wire.connect(client, tokens[client]);
        }
        awaitGreetings(Math.min(clients, atOnce));
    }

    private void awaitGreetings(int count) throws InterruptedException {
        if (!greeted.tryAcquire(count, PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Waited " + PATIENCE + " s for " + count + " greetings, "
                    + greeted.availablePermits() + " came; " + wrong());
        }
    }

    /** From now on so many frames are waited for, of the events that are posted next. */
    Arrivals expect(int frames, Arrivals.Places places) {
        return expect(events.next(), frames, places);
    }

    /** The same of events that were posted before, when the clients {@link #resume}. */
    Arrivals expect(int from, int frames, Arrivals.Places places) {
        arrivals = new Arrivals(events, from, frames, places);
        return arrivals;
    }

    /** Each client asks for its last so many notifications again, all of them at once. */
    void resume(int last) {
        long[] back = Arrays.stream(seq).map(newest -> newest - last).toArray();
        System.arraycopy(back, 0, seq, 0, back.length);
        wire.say(client -> "{\"type\":\"resume\",\"seq\":" + back[client] + "}");
    }

    int lost() {
        return lost.get();
    }

    /** Frames of events that others have posted. */
    int others() {
        return others.get();
    }

    /** What must not happen to any client, and has; empty as it has to be. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        told(wrong, outOfTurn, "frames did not follow the one before in seq");
        told(wrong, unwanted, "frames came twice, late, or to whom they were not for");
        told(wrong, troubles, "resyncs or errors came");
        told(wrong, lost, "clients were cut");
        return wrong;
    }

    private static void told(List<String> wrong, AtomicInteger count, String what) {
        if (count.get() > 0) {
            wrong.add(count + " " + what);
        }
    }

    @Override
    public void came(int client, ByteBuffer content, long nanos) {
        switch (FrameText.kind(content)) {
            case GREETING -> {
                seq[client] = FrameText.seq(content);
                greeted.release();
            }
            case TROUBLE -> troubles.incrementAndGet();
            case NOTIFICATION -> notified(client, content, nanos);
            case OTHER -> {
                // an unread count
            }
        }
    }

    private void notified(int client, ByteBuffer content, long nanos) {
        long next = FrameText.seq(content);
        if (next != seq[client] + 1) {
            outOfTurn.incrementAndGet();
        }
        seq[client] = next;
        int event = FrameText.event(content);
        if (event == FrameText.OTHER) {
            others.incrementAndGet();
        } else if (!arrivals.came(client, event, nanos)) {
            unwanted.incrementAndGet();
        }
    }

    @Override
    public void lost(int client) {
        lost.incrementAndGet();
    }

    @Override
    public void close() {
        wire.close();
    }
}
