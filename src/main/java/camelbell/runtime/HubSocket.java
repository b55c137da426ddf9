package camelbell.runtime;

import camelbell.model.SocketConnection;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A Vert.x server socket as the sockets stage sees it, with the count of what its client has still to read. */
final class HubSocket implements SocketConnection {

    /** Time for a client that has nothing else to read to take the close frame and to answer it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final Buffer NOTHING = Buffer.buffer();

    private final Vertx vertx;
    private final String key;
    private final ServerWebSocket socket;
    private final ConnectionBase connection;
    private final SocketMeter meter;
    private final AtomicLong backlog = new AtomicLong();
    private final AtomicInteger closedWith = new AtomicInteger();
    private volatile long heardAt = System.nanoTime();

    /** On the connection over which the handshake came. */
    HubSocket(RoutingContext handshake, String key, ServerWebSocket socket, SocketMeter meter) {
        this.meter = meter;
        this.vertx = handshake.vertx();
        this.connection = (ConnectionBase) handshake.request().connection();
        this.key = key;
        this.socket = socket;
        ProtocolBreaches.on(
                connection,
                breach ->
                        close(breach.closeStatus().code(), breach.closeStatus().reasonText()));
    }

    /** Something has come from the client. */
    void heard(long now) {
        heardAt = now;
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
    public void send(String text) {
        int bytes = ByteBufUtil.utf8Bytes(text);
        backlog.addAndGet(bytes);
        meter.queued(bytes);
        socket.writeTextMessage(text).onComplete(written -> {
            backlog.addAndGet(-bytes);
            meter.sent(bytes);
        });
    }

    @Override
    public long backlog() {
        return backlog.get();
    }

    @Override
    public void ping() {
        socket.writePing(NOTHING);
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** The server's own closing time-out starts when the close frame is out, which a stalled client never lets happen. */
    @Override
    public void close(int code, String reason, Duration patience) {
        closedWith.compareAndSet(0, code);
        socket.close((short) code, reason);
        cutOnceRead(System.nanoTime() + patience.toNanos());
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
        Short theirs = socket.closeStatusCode();
        return own != 0 || theirs == null ? (own == 0 ? 1006 : own) : theirs;
    }

    private void cut() {
        var unused = connection.channelHandlerContext().close();
    }
}
