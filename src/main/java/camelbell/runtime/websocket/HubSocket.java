package camelbell.runtime.websocket;

import camelbell.model.SocketConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A Vert.x server socket as the sockets stage sees it. Every frame that leaves is counted until the network has taken it,
 * answers, pings and pongs too; a client that does not read is not read from either.
 */
final class HubSocket implements SocketConnection {

    /** Time for a client that has nothing else to read to take the close frame and to answer it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** About what a queued frame costs in memory beside its bytes; a shorter one counts as this. */
    private static final int SHORTEST = 512;

    private static final Buffer NOTHING = Buffer.buffer();

    private final Vertx vertx;
    private final String key;
    private final ServerWebSocket socket;
    private final ConnectionBase connection;
    private final SocketMeter meter;
    private final SocketQueues queues;
    private final SocketValve valve;
    private final Backpressure pressure;
    private final AtomicLong backlog = new AtomicLong();
    private final AtomicInteger closedWith = new AtomicInteger();
    private volatile boolean unread;
    private volatile long heardAt = System.nanoTime();
    private volatile long takenAt = heardAt;

    private HubSocket(
            RoutingContext handshake, String key, ServerWebSocket socket, SocketMeter meter, SocketQueues queues) {
        this.meter = meter;
        this.queues = queues;
        this.vertx = handshake.vertx();
        this.connection = (ConnectionBase) handshake.request().connection();
        this.key = key;
        this.socket = socket;
        this.pressure = queues.pressure();
        this.valve = new SocketValve(connection.channel());
    }

    /** On the connection over which the handshake came; it is not read from before {@link #listen}. */
    static HubSocket on(
            RoutingContext handshake,
            String key,
            ServerWebSocket socket,
            SocketMeter meter,
            SocketQueues queues,
            FrameAssembler assembler,
            Consumer<String> messages) {
        HubSocket hub = new HubSocket(handshake, key, socket, meter, queues);
        hub.hold(SocketValve.PauseReason.NOT_GREETED, true);
        SocketFrames.on(hub.connection, hub, assembler, messages);
        return hub;
    }

    /**
     * True when the client has gone, or has said goodbye, before anybody could attend to it: both may come along with its
     * handshake. Told on the connection's event loop.
     */
    static boolean hasLeft(RoutingContext handshake, ServerWebSocket socket) {
        return socket.isClosed()
                || !((ConnectionBase) handshake.request().connection())
                        .channel()
                        .isActive();
    }

    /**
     * Done once, when either side has said goodbye or the connection has ended. The server tells of neither where it has
     * closed a socket on its own account before somebody asked.
     */
    void whenClosed(Runnable then) {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        Runnable once = () -> {
            if (isOpen.compareAndSet(true, false)) {
                then.run();
            }
        };
        socket.closeHandler(closed -> once.run());
        var unused = connection.channel().closeFuture().addListener(closed -> once.run());
    }

    /** Something has come from the client. */
    void heard(long now) {
        heardAt = now;
        meter.frameIn();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public boolean open() {
        return !socket.isClosed();
    }

    @Override
    public void listen() {
        hold(SocketValve.PauseReason.NOT_GREETED, false);
    }

    /** Does not read from the client for this reason, or no longer for this one. */
    void hold(SocketValve.PauseReason reason, boolean holds) {
        if (loop().inEventLoop()) {
            valve.set(reason, holds && closedWith.get() == 0);
        } else {
            loop().execute(() -> hold(reason, holds));
        }
    }

    private EventLoop loop() {
        return connection.channel().eventLoop();
    }

    @Override
    public void send(String text) {
        meter.frameOut();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        write(new WebSocketFrameImpl(WebSocketFrameType.TEXT, utf8, true), utf8.length);
    }

    @Override
    public void ping() {
        write(WebSocketFrame.pingFrame(NOTHING), 0);
    }

    /** The answer to a protocol ping. */
    void pong(ByteBuf payload) {
        write(WebSocketFrame.pongFrame(Buffer.buffer(ByteBufUtil.getBytes(payload))), payload.readableBytes());
    }

    private void write(WebSocketFrame frame, int bytes) {
        count(Math.max(bytes, SHORTEST), () -> socket.writeFrame(frame));
    }

    private interface Write {
        Future<Void> begin();
    }

    private void count(int bytes, Write write) {
        if (backlog.getAndAdd(bytes) == 0) {
            takenAt = System.nanoTime();
        }
        queues.queued(bytes);
        regard();
        write.begin().onComplete(written -> {
            takenAt = System.nanoTime();
            backlog.addAndGet(-bytes);
            queues.taken(bytes);
            regard();
        });
    }

    /** Reads from the client only while the client reads. */
    void regard() {
        if (readsNot() != unread) {
            loop().execute(() -> {
                unread = readsNot();
                valve.set(SocketValve.PauseReason.UNREAD, unread);
            });
        }
    }

    private boolean readsNot() {
        return closedWith.get() == 0 ? !hasCapacity() : backlog() > 0;
    }

    @Override
    public long backlog() {
        return backlog.get();
    }

    @Override
    public boolean hasCapacity() {
        long queued = backlog();
        return pressure.hasCapacity(queued, System.nanoTime()) && (queued == 0 || !queues.crowded());
    }

    @Override
    public Duration behind() {
        return pressure.behind(System.nanoTime());
    }

    /** Whether it has something to read and has taken nothing for so long. */
    boolean stalled(Duration time) {
        return backlog() > 0 && System.nanoTime() - takenAt > time.toNanos();
    }

    @Override
    public Duration silence() {
        if (!valve.isOpen()) {
            return Duration.ZERO;
        }
        long now = System.nanoTime();
        return Duration.ofNanos(Math.min(now - heardAt, now - valve.openedAt()));
    }

    /** The server's own closing time-out starts when the close frame is out, which a stalled client never lets happen. */
    @Override
    public void close(int code, String reason, Duration patience) {
        if (closedWith.compareAndSet(0, code)) {
            count(SHORTEST, () -> socket.close((short) code, reason));
            hold(SocketValve.PauseReason.NOT_GREETED, false);
            hold(SocketValve.PauseReason.EVENTS_WAIT, false);
            cutOnceRead(System.nanoTime() + patience.toNanos());
        }
    }

    private void cutOnceRead(long deadline) {
        vertx.setTimer(FAREWELL.toMillis(), later -> {
            if (backlog() > 0 && System.nanoTime() < deadline) {
                cutOnceRead(deadline);
            } else {
                cut();
            }
        });
    }

    /** The code that the hub closed with, else the client's; 1006 when the line was cut. */
    int closeCode() {
        int own = closedWith.get();
        return own == 0 ? code(socket) : own;
    }

    /** The client's; 1006 when the line was cut. */
    static int code(ServerWebSocket socket) {
        Short theirs = socket.closeStatusCode();
        return theirs == null ? 1006 : theirs;
    }

    /** Ends it without a word that would have to wait behind the rest, and lets go of what is queued. */
    void cut(int code) {
        closedWith.compareAndSet(0, code);
        cut();
    }

    private void cut() {
        var unused = connection.channelHandlerContext().close();
    }
}
