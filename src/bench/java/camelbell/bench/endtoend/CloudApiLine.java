package camelbell.bench.endtoend;

import camelbell.bench.HandWrittenRows.Open;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;

/** One connection to the Cloud API, which the loop keeps. */
final class CloudApiLine {

    private static final JsonMapper JSON = new JsonMapper();

    private final int port;

    CloudApiLine(int port) {
        this.port = port;
    }

    /** For ever. */
    void sendAll(BlockingQueue<Open> queue, Outcomes outcomes) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16_384)) {
            socket.setTcpNoDelay(true);
            while (true) {
                Open message = queue.take();
                byte[] body = body(message);
                out.write(("POST /v23.0/1/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                out.flush();
                outcomes.sent(message.id(), answer(in));
            }
        }
    }

    private static byte[] body(Open message) {
        String title = message.event().get("data").get("ticket").get("title").asText();
        return ("{\"messaging_product\":\"whatsapp\",\"to\":\""
                        + message.person().get("whatsapp_number").asText().substring(1)
                        + "\",\"type\":\"template\",\"template\":{\"name\":\"ticket\",\"language\":{\"code\":\"en\"},"
                        + "\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"" + title
                        + "\"}]}]},\"biz_opaque_callback_data\":\"" + message.id() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String answer(InputStream in) throws IOException {
        String status = Sink.line(in);
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("The Cloud API answered " + status);
        }
        int length = 0;
        for (String header = Sink.line(in); header != null && !header.isEmpty(); header = Sink.line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        return JSON.readTree(in.readNBytes(length)).at("/messages/0/id").asText();
    }
}
