package camelbell.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one HTTP connection's client has still to take, and since when it has taken too little of it. Kept by the
 * connection's event loop. A byte now and then is not enough: an answer, or so much of it, is to be taken in each
 * interval.
 */
final class AnswerWatch extends ChannelOutboundHandlerAdapter {

    /** What counts as reading on. */
    static final int STEP = 65_536;

    private final Channel channel;
    private final AtomicLong queued;
    private long waiting;
    private long gone;
    private long markedBytes;
    private long markedAt;

    /** Counts into what is queued towards all clients. */
    AnswerWatch(Channel channel, AtomicLong queued) {
        this.channel = channel;
        this.queued = queued;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int length = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        if (length == 0) {
            var unused = context.write(message, promise);
            return;
        }
        if (waiting == 0) {
            mark(System.nanoTime());
        }
        waiting += length;
        queued.addAndGet(length);
        var unused = context.write(message, promise.unvoid().addListener(written -> {
            waiting -= length;
            gone += length;
            queued.addAndGet(-length);
        }));
    }

    /** For how many nanoseconds the client has had the rest of its answer, or the next step of it, to take. Asked every so often. */
    long stalled(long now) {
        if (waiting == 0 || taken() - markedBytes >= STEP) {
            mark(now);
        }
        return now - markedAt;
    }

    /** Not by the channel: Vert.x would first wait for what is queued to go. */
    void cut() {
        var unused = channel.pipeline().context(this).close();
    }

    private void mark(long now) {
        markedBytes = taken();
        markedAt = now;
    }

    private long taken() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return gone + (buffer == null ? 0 : buffer.currentProgress());
    }
}
