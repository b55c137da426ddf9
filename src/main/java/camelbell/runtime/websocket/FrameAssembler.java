package camelbell.runtime.websocket;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts one client's frames together to messages and holds them to the limits: text only, valid UTF-8, not too long, not
 * too many. Vert.x itself would replace broken UTF-8, and stay silent on a message that is too long. After a breach
 * nothing is taken any more. Used by one event loop.
 */
final class FrameAssembler {

    /** What came of a frame. */
    sealed interface Assembled {

        /** A message is complete. */
        record Message(String text) implements Assembled {}

        /** The connection is to be closed. */
        record Breach(int code, String reason) implements Assembled {}
    }

    private static final Assembled.Breach NOT_TEXT = new Assembled.Breach(1003, "text frames only");
    private static final Assembled.Breach NOT_UTF8 = new Assembled.Breach(1007, "text is not valid UTF-8");
    private static final Assembled.Breach TOO_LONG = new Assembled.Breach(1009, "message too long");
    private static final Assembled.Breach TOO_MANY = new Assembled.Breach(4429, "too many frames");

    private final long maxMessage;
    private final int framesPerSecond;
    /** Null between messages, so that thousands of connections do not each keep the room of their longest. */
    private @Nullable ByteArrayOutputStream begun;

    private long second;
    private int inSecond;
    private boolean breached;

    FrameAssembler(SocketLimits limits) {
        this.maxMessage = limits.maxMessage().toBytes();
        this.framesPerSecond = limits.framesPerSecond();
    }

    /** Null when the frame ends no message; the time is {@link System#nanoTime}. */
    @Nullable
    Assembled take(WebSocketFrame frame, long now) {
        if (breached) {
            return null;
        }
        Assembled outcome = isFlood(now) ? TOO_MANY : content(frame);
        breached = outcome instanceof Assembled.Breach;
        return outcome;
    }

    private boolean isFlood(long now) {
        if (inSecond == 0 || now - second >= TimeUnit.SECONDS.toNanos(1)) {
            second = now;
            inSecond = 0;
        }
        return ++inSecond > framesPerSecond;
    }

    private @Nullable Assembled content(WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            return NOT_TEXT;
        }
        if (!(frame instanceof TextWebSocketFrame) && !(frame instanceof ContinuationWebSocketFrame)) {
            return null;
        }
        ByteArrayOutputStream message = begun == null ? new ByteArrayOutputStream(0) : begun;
        if (message.size() + frame.content().readableBytes() > maxMessage) {
            begun = null;
            return TOO_LONG;
        }
        message.writeBytes(ByteBufUtil.getBytes(frame.content()));
        begun = frame.isFinalFragment() ? null : message;
        return begun == null ? complete(message) : null;
    }

    private static Assembled complete(ByteArrayOutputStream message) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
            return new Assembled.Message(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException broken) {
            return NOT_UTF8;
        }
    }
}
