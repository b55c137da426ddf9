package camelbell.bench.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What has to be known of a frame, read without a parser: what a client costs is taken from the hub. Source: contract §4. */
final class FrameText {

    private static final byte[] TYPE = ascii("{\"type\":\"");
    private static final byte[] EVENT = ascii("\"event_id\":\"");
    private static final byte[] OWN = ascii("push-");
    private static final byte[] SEQ = ascii("\"seq\":");

    /** Of an event that is none of {@link Events}. */
    static final int OTHER = -1;

    /** What a frame is. */
    enum Kind {
        GREETING,
        NOTIFICATION,
        /** A resync or an error: something that was waited for does not come. */
        TROUBLE,
        /** An unread count, say. */
        OTHER
    }

    private FrameText() {}

    static Kind kind(ByteBuffer text) {
        if (!stands(text, text.position(), TYPE)) {
            return Kind.NOTIFICATION;
        }
        return switch (text.get(text.position() + TYPE.length)) {
            case 'c' -> Kind.GREETING;
            case 'r', 'e' -> Kind.TROUBLE;
            default -> Kind.OTHER;
        };
    }

    /** The number of the event, which {@link Events} gave it, or {@link #OTHER}. */
    static int event(ByteBuffer text) {
        int at = last(text, EVENT);
        return stands(text, at, OWN) ? (int) number(text, at + OWN.length) : OTHER;
    }

    static long seq(ByteBuffer text) {
        return number(text, last(text, SEQ));
    }

    /** Behind the last place where it stands; a notification has its own fields behind the common ones. */
    private static int last(ByteBuffer text, byte[] wanted) {
        for (int at = text.limit() - wanted.length; at >= text.position(); at--) {
            if (stands(text, at, wanted)) {
                return at + wanted.length;
            }
        }
        throw new IllegalStateException("A frame without " + new String(wanted, StandardCharsets.US_ASCII) + ": "
                + StandardCharsets.UTF_8.decode(text.duplicate()));
    }

    private static boolean stands(ByteBuffer text, int at, byte[] wanted) {
        if (at + wanted.length > text.limit()) {
            return false;
        }
        for (int same = 0; same < wanted.length; same++) {
            if (text.get(at + same) != wanted[same]) {
                return false;
            }
        }
        return true;
    }

    private static long number(ByteBuffer text, int at) {
        long number = 0;
        for (int next = at; next < text.limit() && text.get(next) >= '0' && text.get(next) <= '9'; next++) {
            number = number * 10 + text.get(next) - '0';
        }
        return number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
