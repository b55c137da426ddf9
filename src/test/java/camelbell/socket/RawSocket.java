package camelbell.socket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that does what well-behaved ones never do: any byte in any frame, and not reading at all. */
final class RawSocket implements AutoCloseable {

    static final int FIN = 0x80;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    final String answer;
    private volatile boolean cut;

    RawSocket(int port, String query) throws IOException {
        this(port, "GET /ws/notifications/" + query + " HTTP/1.1", 65536);
    }

    RawSocket(int port, String requestLine, int receiveBuffer) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new java.net.InetSocketAddress("localhost", port));
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write((requestLine + "\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer = head();
    }

    /** The status line and the headers. */
    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** The rest of a refusal's body. */
    String body() throws IOException {
        int length = Integer.parseInt(
                answer.replaceAll("(?is).*content-length: (\\d+).*", "$1").strip());
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    void frame(int head, byte[] payload) throws IOException {
        frame(head, payload, true);
    }

    void frame(int head, byte[] payload, boolean masked) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else if (payload.length < 65536) {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        if (masked) {
            frame.writeBytes(new byte[4]);
        }
        frame.writeBytes(payload);
        try {
            out.write(frame.toByteArray());
            out.flush();
        } catch (SocketException ended) {
            cut = true; // the hub cuts 2 s after it has closed; what it said before, such as the close code, can
            // still be read
        }
    }

    /** The beginning of a frame, without anything of its payload. */
    void head(int length) throws IOException {
        out.write(
                new byte[] {(byte) (FIN | TEXT), (byte) (0x80 | 126), (byte) (length >> 8), (byte) length, 0, 0, 0, 0});
        out.flush();
    }

    /** Whether something was sent after the hub had cut the connection. */
    boolean isCut() {
        return cut;
    }

    void text(String text) throws IOException {
        frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next frame that is no close, as text; for a close frame "close" and its code; "cut" at the end. */
    String next() throws IOException {
        int head = in.read();
        if (head < 0) {
            return "cut";
        }
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] payload = in.readNBytes(length);
        if ((head & 0x0f) == CLOSE) {
            return "close " + (((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
        }
        return (head & 0x0f) == TEXT
                ? new String(payload, StandardCharsets.UTF_8)
                : "opcode " + (head & 0x0f) + " " + new String(payload, StandardCharsets.UTF_8);
    }

    /** Reads on until the connection is closed, and says with what. */
    String end() throws IOException {
        String frame = next();
        while (!frame.startsWith("close") && !frame.equals("cut")) {
            frame = next();
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
