package camelbell.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection of a {@link Crowd}, moved by its thread. */
final class Stranger {

    /** What the kernel takes for somebody who reads nothing. */
    private static final int SMALL = 4096;

    /** Nobody says more before the hub can have answered the first. */
    private static final int FIRST_PAUSE_MS = 1000;

    /** Of a whole crowd. */
    record Tally(AtomicInteger connected, AtomicInteger ended) {}

    private final SocketChannel channel;
    private final Says says;
    private final Tally tally;
    private final SelectionKey key;
    private ByteBuffer saying;
    private long nextAt;
    private boolean over;

    /** Begins to connect. */
    Stranger(InetAddress from, InetSocketAddress hub, Says says, Selector selector, Tally tally) throws IOException {
        this.says = says;
        this.tally = tally;
        this.saying = says.first().duplicate();
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        if (!says.reads()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        }
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // gone is gone, without a TIME_WAIT of ours
        channel.bind(new InetSocketAddress(from, 0));
        boolean atOnce = channel.connect(hub);
        if (atOnce) {
            connected();
        }
        key = channel.register(selector, atOnce ? wants() : SelectionKey.OP_CONNECT, this);
    }

    private void connected() {
        tally.connected.incrementAndGet();
        nextAt = Moment.now() + Math.max(FIRST_PAUSE_MS, says.every().toMillis());
    }

    private int wants() {
        return SelectionKey.OP_WRITE | (says.reads() ? SelectionKey.OP_READ : 0);
    }

    /** Does what the selector says is possible, at times before the constructor has ended. */
    void move(SelectionKey moved, ByteBuffer scratch) {
        try {
            if (moved.isConnectable() && channel.finishConnect()) {
                connected();
                moved.interestOps(wants());
            } else if (moved.isReadable() && channel.read(scratch.clear()) < 0) {
                end();
            } else if (moved.isWritable()) {
                channel.write(saying);
                if (!saying.hasRemaining()) {
                    moved.interestOpsAnd(~SelectionKey.OP_WRITE);
                }
            }
        } catch (IOException | CancelledKeyException gone) {
            end();
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

    private void end() {
        if (!over) {
            over = true;
            tally.ended.incrementAndGet();
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
