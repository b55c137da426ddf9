package camelbell.bench.push;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;

/** Clients that are connected and greeted, and what came to them of the events that are measured. */
final class Crowd implements Wire.Frames, AutoCloseable {

    private static final byte[] ID = "\"event_id\":\"push-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GREETING = "\"connection_established\"".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 6;
    private static final long PATIENCE = 60;

    private final Events events;
    private final Wire wire;
    private final Semaphore greeted = new Semaphore(0);
    private final Semaphore came = new Semaphore(0);
    private final AtomicInteger lost = new AtomicInteger();
    private Figures times = new Figures();
    private volatile int measuredFrom = Integer.MAX_VALUE;
    private volatile long lastAt;

    Crowd(int port, Events events) throws IOException {
        this.events = events;
        this.wire = new Wire(port, this);
    }

    /**
     * Connects so many, at most so many of them at once without a greeting; returns when all are greeted.
     *
     * @param owner whose each is, by its number
     */
    void connect(int clients, int atOnce, String secret, IntToLongFunction owner) throws InterruptedException {
        String[] tokens = new String[clients];
        for (int client = 0; client < clients; client++) {
            tokens[client] = Events.token(secret, owner.applyAsLong(client));
        }
        for (int client = 0; client < clients; client++) {
            if (client >= atOnce) {
                await(greeted, 1);
            }
            wire.connect(client, tokens[client]);
        }
        await(greeted, Math.min(clients, atOnce));
    }

    /** From this event on frames are counted, and those before are forgotten. */
    void measureFrom(int event) {
        times = new Figures();
        came.drainPermits();
        measuredFrom = event;
    }

    /** Waits for so many frames of measured events. */
    void awaitFrames(int frames) throws InterruptedException {
        await(came, frames);
    }

    private void await(Semaphore frames, int count) throws InterruptedException {
        if (!frames.tryAcquire(count, PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Waited " + PATIENCE + " s for " + count + " frames, "
                    + frames.availablePermits() + " came, " + lost + " clients were cut");
        }
    }

    /** From when each event was posted until each client had its frame; to be asked when all have come. */
    Figures times() {
        return times;
    }

    /** When the newest frame came, in {@link System#nanoTime}. */
    long lastAt() {
        return lastAt;
    }

    int lost() {
        return lost.get();
    }

    @Override
    public void came(int client, ByteBuffer content, long nanos) {
        int at = find(content, ID);
        if (at < 0) {
            if (find(content, GREETING) >= 0) {
                greeted.release();
            }
            return;
        }
        int event = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            event = event * 10 + content.get(at + ID.length + digit) - '0';
        }
        if (event >= measuredFrom) {
            times.add(nanos - events.postedAt(event));
            lastAt = nanos;
            came.release();
        }
    }

    private static int find(ByteBuffer text, byte[] wanted) {
        for (int at = text.position(); at + wanted.length + DIGITS < text.limit(); at++) {
            int same = 0;
            while (same < wanted.length && text.get(at + same) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
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
