package camelbell.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets the requests of one connection in one at a time: the next one is not even parsed before the answer to the one
 * before has left for the client. Vert.x would parse and answer whatever is pipelined, however much of that nobody
 * reads. Of what comes too early, a read's bytes are held, then the socket is not read from. All on the event loop.
 */
final class RequestTurns {

    /** Bytes of one read, which are also what one connection can make the hub hold unparsed. */
    private static final int READ = 16_384;

    private static final int SMALLEST_READ = 64;
    private static final int FIRST_READ = 2048;

    /** Lines of a head; thousands of short ones within its bytes would take thirty times as many. */
    private static final int LINES = 200;

    private static final AttributeKey<RequestTurns> KEY = AttributeKey.valueOf(RequestTurns.class, "turns");

    private final Channel channel;
    private final Runnable served;
    private final Runnable upgraded;
    private final Deque<ByteBuf> early = new ArrayDeque<>();
    private final Bytes bytes = new Bytes();
    private final Messages messages = new Messages();
    private boolean inHead = true;
    private boolean parsed;
    private volatile boolean asked;
    private volatile boolean answered;
    private long newest;
    private boolean over;
    private boolean shut;
    private int lines;

    private RequestTurns(Channel channel, Runnable served, Runnable upgraded) {
        this.channel = channel;
        this.served = served;
        this.upgraded = upgraded;
    }

    /** Told with each answer that is no refusal, and once it has become a WebSocket. */
    static void on(Channel channel, Runnable served, Runnable upgraded) {
        RequestTurns turns = new RequestTurns(channel, served, upgraded);
        channel.attr(KEY).set(turns);
        ChannelPipeline pipeline = channel.pipeline();
        ((ByteToMessageDecoder) pipeline.get("httpDecoder")).setSingleDecode(true);
        pipeline.addBefore("httpDecoder", "request-bytes", turns.bytes);
        pipeline.addAfter("httpEncoder", "request-turns", turns.messages);
        channel.config()
                .setRecvByteBufAllocator(
                        new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, READ).maxMessagesPerRead(1));
    }

    /** Whether a whole request has come on it whose answer has not gone; on any thread. */
    static boolean isBusy(Channel channel) {
        RequestTurns turns = channel.attr(KEY).get();
        return turns != null && turns.isTaken();
    }

    /** Those of the connection that the request has come on, of which it is the newest. */
    static RequestTurns of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().attr(KEY).get();
    }

    /** The number of the newest request. */
    long newest() {
        return newest;
    }

    /** Whether that request has come whole, though nobody may have read it yet. */
    boolean hasCome(long request) {
        return request < newest || asked;
    }

    /** Whether the connection is read from. */
    boolean isRead() {
        return channel.config().isAutoRead();
    }

    /** A whole request has come, and its answer has not gone. */
    private boolean isTaken() {
        return asked && !answered;
    }

    /** The decoder yields one message for each call, and keeps the rest. */
    private void parse(ChannelHandlerContext context, ByteBuf input) {
        int ends = lines(input);
        ByteBuf next = input;
        boolean first = true;
        do {
            parsed = false;
            context.fireChannelRead(next);
            if (first && !parsed && ends > 0) {
                checkLines(lines + ends);
            }
            first = false;
            next = Unpooled.EMPTY_BUFFER;
        } while (parsed && !over && !isTaken());
    }

    /** None where the bytes belong to a body. */
    private int lines(ByteBuf input) {
        int[] count = new int[1];
        if (inHead) {
            input.forEachByte(one -> {
                count[0] += one == '\n' ? 1 : 0;
                return true;
            });
        }
        return count[0];
    }

    /** Every line; the map's own size is that of its names. */
    private static int headers(HttpRequest request) {
        int count = 0;
        for (var each = request.headers().iteratorCharSequence(); each.hasNext(); each.next()) {
            count++;
        }
        return count;
    }

    /** Of a head so far, or of a whole one. False when it has too many, and is refused. */
    private boolean checkLines(int found) {
        lines = found;
        if (found <= LINES) {
            return true;
        }
        refuse(HttpError.HEADERS_TOO_LARGE);
        return false;
    }

    /** Answers what is no request, and ends the connection. */
    void refuse(HttpError error) {
        over = true;
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        Farewell.say(channel.pipeline().context(bytes), HttpErrors.raw(error));
    }

    private void answerGone() {
        answered = true;
        if (asked && !over) {
            channel.eventLoop().execute(this::goOn);
        }
    }

    private void goOn() {
        if (over || isTaken() || !channel.isActive()) {
            return;
        }
        ChannelHandlerContext context = channel.pipeline().context(bytes);
        parse(context, Unpooled.EMPTY_BUFFER);
        while (!early.isEmpty() && !over && !isTaken()) {
            parse(context, early.remove());
        }
        context.fireChannelReadComplete();
        if (!over && early.isEmpty() && !isTaken()) {
            readOn();
        }
    }

    private void readOn() {
        if (shut) {
            shut = false;
            channel.config().setAutoRead(true);
        }
    }

    /** The connection has become a WebSocket. */
    private void end() {
        over = true;
        ChannelHandlerContext context = channel.pipeline().context(bytes);
        while (!early.isEmpty()) {
            context.fireChannelRead(early.remove());
        }
        upgraded.run();
        channel.pipeline().remove(messages);
        channel.pipeline().remove(bytes);
        readOn();
    }

    /** Before the decoder. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf input = (ByteBuf) message;
            if (over) {
                input.release();
            } else if (isTaken() || !early.isEmpty()) {
                early.add(input);
                shut = true;
                channel.config().setAutoRead(false);
            } else {
                parse(context, input);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            early.forEach(ReferenceCountUtil::release);
            early.clear();
            context.fireChannelInactive();
        }
    }

    /** Behind the decoder, and before the encoder. */
    private final class Messages extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (over) {
                ReferenceCountUtil.release(message); // the decoder yields the end of a head that has been refused
                return;
            }
            parsed = true;
            if (message instanceof HttpRequest request) {
                newest++;
                asked = false;
                answered = false;
                inHead = false;
                if (!checkLines(headers(request))) {
                    ReferenceCountUtil.release(message);
                    return;
                }
                lines = 0;
            }
            if (message instanceof LastHttpContent) {
                asked = true;
                inHead = true;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            HttpResponseStatus status = message instanceof HttpResponse response ? response.status() : null;
            if (status != null && status.code() < 400 && status.code() != 100) {
                served.run();
            }
            if (HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status)) {
                var unused = context.write(message, promise);
                end();
            } else if (message instanceof LastHttpContent
                    && (status == null || status.codeClass() != HttpStatusClass.INFORMATIONAL)) {
                var unused = context.write(message, promise.unvoid().addListener(gone -> answerGone()));
            } else {
                var unused = context.write(message, promise);
            }
        }
    }
}
