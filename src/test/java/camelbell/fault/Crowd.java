package camelbell.fault;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Strangers in any number, on one thread: each comes from one of several addresses of the loopback interface, says what
 * it is told to say, and stays until the crowd is closed or the hub has enough of it.
 */
final class Crowd implements AutoCloseable {

    private static final int TICK_MS = 20;

    private final InetSocketAddress hub;
    private final Selector selector;
    private final Queue<Stranger> strangers = new ConcurrentLinkedQueue<>();
    private final Stranger.Tally tally = new Stranger.Tally(new AtomicInteger(), new AtomicInteger());
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);
    private final Thread thread = Daemons.named("crowd").newThread(this::run);
    private volatile boolean done;

    Crowd(HubProcess hub) throws IOException {
        this.hub = new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port());
        this.selector = Selector.open();
        thread.start();
    }

    /** So many more, in turn from this many addresses, the first of which is 127.0.{net}.1. */
    Crowd come(int count, int net, int addresses, Says says) throws IOException {
        for (int i = 0; i < count; i++) {
            InetAddress from = InetAddress.getByName("127.0." + net + "." + (1 + i % addresses));
            strangers.add(new Stranger(from, hub, says, selector, tally));
        }
        return this;
    }

    private void run() {
        try {
            while (!done) {
                selector.select(key -> ((Stranger) key.attachment()).move(key, scratch), TICK_MS);
                long now = Moment.now();
                strangers.forEach(stranger -> stranger.speakAgain(now));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ended ones are told as far as somebody notices who may not be reading. */
    @Override
    public String toString() {
        return tally.connected() + " connected, " + tally.ended() + " ended by the hub";
    }

    /** Everybody leaves at once. */
    @Override
    public void close() throws IOException {
        done = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        strangers.forEach(Stranger::close);
        selector.close();
    }
}
