package camelbell.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The end of a connection that is refused while its client is still sending. Closing it with bytes that nobody has read takes the
 * answer from the client too, so the hub's side ends first, and what comes is dropped for a moment.
 */
final class Farewell {

    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** Above so many at once the others end without that moment: they are in nobody's count any more. */
    private static final int MOST = 256;

    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    private Farewell() {}

    /** Past all handlers behind that one; on the connection's event loop. */
    static void say(ChannelHandlerContext context, ByteBuf answer) {
        Channel channel = context.channel();
        channel.pipeline().addFirst("unread", new Unread());
        var unused = context.writeAndFlush(answer).addListener(sent -> {
            if (sent.isSuccess() && channel instanceof DuplexChannel duplex) {
                linger(context, duplex);
            } else {
                close(context);
            }
        });
    }

    private static void linger(ChannelHandlerContext context, DuplexChannel channel) {
        if (UNDER_WAY.incrementAndGet() > MOST) {
            UNDER_WAY.decrementAndGet();
            close(context);
            return;
        }
        ChannelFuture shut = channel.shutdownOutput();
        var late = channel.eventLoop().schedule(() -> close(context), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        channel.config().setAutoRead(true);
        var unused = channel.closeFuture().addListener(closed -> {
            UNDER_WAY.decrementAndGet();
            late.cancel(false);
        });
        var ignored = shut.addListener(done -> {
            if (!done.isSuccess()) {
                close(context);
            }
        });
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private static final class Unread extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
