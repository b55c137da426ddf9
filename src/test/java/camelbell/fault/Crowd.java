package camelbell.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Strangers in any number, on one thread: each comes from one of several addresses of the loopback interface, says what
 * it is told to say, and stays until the crowd is closed or the hub has enough of it.
 */
final class Crowd implements AutoCloseable {

    private static final int TICK_MS = 20;

    /** What the kernel takes for somebody who reads nothing. */
    private static final int SMALL = 4096;

    private final InetSocketAddress hub;
    private final Selector selector;
    private final List<Stranger> strangers = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);
    private final Thread thread = Daemons.named("crowd").newThread(this::run);
    private volatile boolean done;

    Crowd(HubProcess hub) {
        try {
            this.hub = new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port());
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.start();
    }

    /** So many more, in turn from this many addresses, the first of which is 127.0.{net}.1. */
    Crowd come(int count, int net, int addresses, Says says) throws IOException {
        for (int i = 0; i < count; i++) {
            InetAddress from = InetAddress.getByName("127.0." + net + "." + (1 + i % addresses));
            add(new Stranger(from, says));
        }
        return this;
    }

    private void add(Stranger stranger) throws IOException {
        synchronized (strangers) {
            strangers.add(stranger);
        }
        stranger.key = stranger.channel.register(selector, SelectionKey.OP_CONNECT, stranger);
        stranger.channel.connect(hub);
    }

    /** Connections that were made. */
    int connected() {
        return connected.get();
    }

    /** Connections that the hub refused or ended, as far as somebody notices who may not be reading. */
    int ended() {
        return ended.get();
    }

    @Override
    public String toString() {
        return connected + " connected, " + ended + " of them ended by the hub";
    }

    private void run() {
        try {
            while (!done) {
                selector.select(this::move, TICK_MS);
                long now = Moment.now();
                synchronized (strangers) {
                    strangers.forEach(stranger -> stranger.speakAgain(now));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void move(SelectionKey key) {
        Stranger stranger = (Stranger) key.attachment();
        try {
            stranger.move(key);
        } catch (IOException | java.nio.channels.CancelledKeyException gone) {
            stranger.end();
        }
    }

    private final class Stranger {

        private final SocketChannel channel = SocketChannel.open();
        private final Says says;
        private ByteBuffer saying;
        private long nextAt;
        private boolean over;
        private SelectionKey key;

        @SuppressWarnings("NullAway.Init") // the key comes with the registration, before anything moves
        Stranger(InetAddress from, Says says) throws IOException {
            this.says = says;
            this.saying = says.first().duplicate();
            channel.configureBlocking(false);
            if (!says.reads()) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            }
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // gone is gone, without a TIME_WAIT of ours
            channel.bind(new InetSocketAddress(from, 0));
        }

        void move(SelectionKey moved) throws IOException {
            if (moved.isConnectable() && channel.finishConnect()) {
                connected.incrementAndGet();
                nextAt = Moment.now() + Math.max(1000, says.every().toMillis());
                moved.interestOps(SelectionKey.OP_WRITE | (says.reads() ? SelectionKey.OP_READ : 0));
                return;
            }
            if (moved.isReadable() && channel.read(scratch.clear()) < 0) {
                end();
                return;
            }
            if (moved.isWritable()) {
                channel.write(saying);
                if (!saying.hasRemaining()) {
                    moved.interestOpsAnd(~SelectionKey.OP_WRITE);
                }
            }
        }

        void speakAgain(long now) {
            if (!over && nextAt > 0 && now >= nextAt && says.again().hasRemaining() && !saying.hasRemaining()) {
                saying = says.again().duplicate();
                nextAt = now + says.every().toMillis();
                if (key.isValid()) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                }
            }
        }

        void end() {
            if (!over) {
                over = true;
                ended.incrementAndGet();
                close();
            }
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // it is gone all the same
            }
        }
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
