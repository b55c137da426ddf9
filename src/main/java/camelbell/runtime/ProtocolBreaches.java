package camelbell.runtime;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;

/**
 * Ends a connection that breaks the WebSocket protocol, such as by a frame above all limits, with the close code for it.
 * Vert.x would cut the line at once, and what the client was still sending would then take the code from it. Netty's
 * decoder drops all that comes after a breach.
 */
final class ProtocolBreaches extends ChannelInboundHandlerAdapter {

    private final Consumer<CorruptedWebSocketFrameException> end;

    private ProtocolBreaches(Consumer<CorruptedWebSocketFrameException> end) {
        this.end = end;
    }

    static void on(ConnectionBase connection, Consumer<CorruptedWebSocketFrameException> end) {
        ChannelHandlerContext vertx = connection.channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), "protocol-breaches", new ProtocolBreaches(end));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException breach) {
            end.accept(breach);
        } else {
            context.fireExceptionCaught(failure);
        }
    }
}
