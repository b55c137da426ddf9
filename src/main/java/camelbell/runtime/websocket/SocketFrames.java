package camelbell.runtime.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;

/**
 * Takes every frame of one client before Vert.x sees it, but for the close frame. Vert.x would answer pings without
 * counting what waits for the client, also after it has been told to go, and cut the line at a breach of the protocol, such
 * as a frame above all limits, so that what the client was still sending would take the close code from it. Netty's
 * decoder drops all that comes after a breach.
 */
final class SocketFrames extends ChannelInboundHandlerAdapter {

    private final HubSocket socket;
    private final FrameAssembler assembler;
    private final Consumer<String> messages;

    private SocketFrames(HubSocket socket, FrameAssembler assembler, Consumer<String> messages) {
        this.socket = socket;
        this.assembler = assembler;
        this.messages = messages;
    }

    /** From now on whole messages go there; called on the connection's event loop. */
    static void on(ConnectionBase connection, HubSocket socket, FrameAssembler assembler, Consumer<String> messages) {
        ChannelHandlerContext vertx = connection.channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), "socket-frames", new SocketFrames(socket, assembler, messages));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && !(frame instanceof CloseWebSocketFrame)) {
            try {
                take(frame);
            } finally {
                frame.release();
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    private void take(WebSocketFrame frame) {
        if (!socket.open()) {
            return;
        }
        long now = System.nanoTime();
        socket.heard(now);
        FrameAssembler.Assembled outcome = assembler.take(frame, now);
        if (outcome instanceof FrameAssembler.Assembled.Message message) {
            messages.accept(message.text());
        } else if (outcome instanceof FrameAssembler.Assembled.Breach breach) {
            socket.close(breach.code(), breach.reason());
        } else if (frame instanceof PingWebSocketFrame) {
            socket.pong(frame.content());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException breach) {
            socket.close(breach.closeStatus().code(), breach.closeStatus().reasonText());
        } else {
            context.fireExceptionCaught(failure);
        }
    }
}
