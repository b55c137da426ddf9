package camelbell.bench.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of WebSockets on one thread, which does little more than to say when a frame came: whatever a client costs is
 * taken from the hub, where both share the cores.
 */
final class Wire implements AutoCloseable {

    private static final byte TEXT = 1;
    private static final byte CLOSE = 8;
    private static final byte PING = 9;
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private final int port;
    private final Frames frames;
    private final Selector selector;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(1 << 20);
    private final ConcurrentLinkedQueue<Client> wanted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<IntFunction<String>> said = new ConcurrentLinkedQueue<>();
    private final List<Client> open = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "wire");
    private volatile boolean ends;

    /** Told on the one thread. */
    interface Frames {

        /** A text frame has come; the bytes are its content from position to limit, to be read before this returns. */
        void came(int client, ByteBuffer content, long nanos);

        /** A client has been cut or closed from the other side. */
        void lost(int client);
    }

    Wire(int port, Frames frames) throws IOException {
        this.port = port;
        this.frames = frames;
        this.selector = Selector.open();
        thread.start();
    }

    /** Each client that is connected sends a text. */
    void say(IntFunction<String> text) {
        said.add(text);
        selector.wakeup();
    }

    /** Begins to connect one client; its number comes with its frames. */
    void connect(int number, String token) {
        wanted.add(new Client(number, token));
        selector.wakeup();
    }

    private void run() {
        try {
            while (!ends) {
                selector.select(this::turn);
                for (Client next = wanted.poll(); next != null; next = wanted.poll()) {
                    next.connect();
                    open.add(next);
                }
                for (IntFunction<String> text = said.poll(); text != null; text = said.poll()) {
                    for (Client client : open) {
                        client.say(text.apply(client.number));
                    }
                }
            }
            for (Client client : open) {
                client.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (key.isConnectable()) {
                client.greet();
            } else {
                client.read();
            }
        } catch (IOException e) {
            client.lose();
        }
    }

    @Override
    public void close() {
        ends = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Client {

        private final int number;
        private final String token;
        private SocketChannel channel;
        private boolean upgraded;
        private @Nullable ByteBuffer rest;

        Client(int number, String token) {
            this.number = number;
            this.token = token;
            try {
                this.channel = SocketChannel.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void connect() throws IOException {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean unused = channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.register(selector, SelectionKey.OP_CONNECT, this);
        }

        void greet() throws IOException {
            channel.finishConnect();
            channel.register(selector, SelectionKey.OP_READ, this);
            String head =
                    "GET /ws/notifications/?token=" + token + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Version: 13\r\n\r\n";
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        }

        /** Masked, as a client has to, by a mask that changes nothing. Short enough for one byte of length and one write. */
        void say(String text) throws IOException {
            byte[] content = text.getBytes(StandardCharsets.US_ASCII);
            ByteBuffer frame = ByteBuffer.allocate(6 + content.length)
                    .put((byte) (0x80 | TEXT))
                    .put((byte) (0x80 | content.length))
                    .putInt(0)
                    .put(content)
                    .flip();
            channel.write(frame);
        }

        void read() throws IOException {
            shared.clear();
            if (rest != null) {
                shared.put(rest);
                rest = null;
            }
            int read = channel.read(shared);
            long now = System.nanoTime();
            if (read < 0) {
                lose();
                return;
            }
            shared.flip();
            if (upgraded || head()) {
                while (frame(now)) {
                    // the next one
                }
            }
            if (shared.hasRemaining()) {
                rest = ByteBuffer.allocate(shared.remaining()).put(shared).flip();
            }
        }

        private boolean head() {
            for (int at = shared.position(); at + 3 < shared.limit(); at++) {
                if (shared.get(at) == '\r' && shared.get(at + 2) == '\r') {
                    upgraded = shared.get(shared.position() + 9) == '1'; // HTTP/1.1 101
                    shared.position(at + 4);
                    if (!upgraded) {
                        lose();
                    }
                    return upgraded;
                }
            }
            return false;
        }

        /** Takes one whole frame; false when there is none. The server masks nothing (RFC 6455). */
        private boolean frame(long now) throws IOException {
            if (shared.remaining() < 2) {
                return false;
            }
            int start = shared.position();
            int length = shared.get(start + 1) & 0x7f;
            int content = start + 2;
            if (length == 126) {
                if (shared.remaining() < 4) {
                    return false;
                }
                length = shared.getShort(start + 2) & 0xffff;
                content = start + 4;
            }
            if (shared.limit() - content < length) {
                return false;
            }
            int kind = shared.get(start) & 0x0f;
            int limit = shared.limit();
            shared.position(content).limit(content + length);
            if (kind == TEXT) {
                frames.came(number, shared, now);
            } else if (kind == PING) {
                channel.write(ByteBuffer.wrap(PONG));
            } else if (kind == CLOSE) {
                lose();
            }
            shared.limit(limit).position(content + length);
            return true;
        }

        void lose() {
            frames.lost(number);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
