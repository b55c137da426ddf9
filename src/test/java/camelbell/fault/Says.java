package camelbell.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What one kind of stranger says on its connection.
 *
 * @param first at once
 * @param again after it, in this rhythm; empty for never
 * @param reads whether it ever takes what it is answered
 */
record Says(ByteBuffer first, ByteBuffer again, Duration every, boolean reads) {

    private static final ByteBuffer NOTHING = bytes(new byte[0]);
    private static final int LONG_FRAME = 126;

    static Says once(String first, boolean reads) {
        return new Says(bytes(first.getBytes(UTF_8)), NOTHING, Duration.ZERO, reads);
    }

    /** A head and so many bytes of its body, which never ends. */
    static Says unfinished(String head, int body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(UTF_8));
        all.writeBytes(" ".repeat(body).getBytes(UTF_8));
        return new Says(bytes(all.toByteArray()), NOTHING, Duration.ZERO, false);
    }

    Says then(byte[] more, Duration rhythm) {
        return new Says(first, bytes(more), rhythm, reads);
    }

    /** A text frame as clients send it, masked with zeros. Source: RFC 6455 §5.2. */
    static byte[] frame(String text) {
        byte[] payload = text.getBytes(UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < LONG_FRAME) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | LONG_FRAME);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    static String handshake(String token) {
        return "GET /ws/notifications/?token=" + token + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZmF1bHQtc3VpdGUtMTIzNA==\r\n\r\n";
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    static String get(String path, String token) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    /** Outside the heap, because thousands send the same bytes. */
    private static ByteBuffer bytes(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}
