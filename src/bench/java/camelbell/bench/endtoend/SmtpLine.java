package camelbell.bench.endtoend;

import camelbell.bench.HandWrittenRows.Open;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;

/** One connection to the mail server, which the loop keeps. */
final class SmtpLine {

    private final int port;

    SmtpLine(int port) {
        this.port = port;
    }

    /** For ever. */
    void sendAll(BlockingQueue<Open> queue, Outcomes outcomes) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16_384)) {
            socket.setTcpNoDelay(true);
            answer(in);
            say(in, out, "EHLO loop\r\n");
            while (true) {
                Open mail = queue.take();
                String id = "<" + mail.id() + "@loop.example>";
                say(in, out, "MAIL FROM:<hub@example.org>\r\n");
                say(in, out, "RCPT TO:<" + mail.person().get("email").asText() + ">\r\n");
                say(in, out, "DATA\r\n");
                say(in, out, text(mail, id));
                outcomes.sent(mail.id(), id);
            }
        }
    }

    private static String text(Open mail, String id) {
        JsonNode ticket = mail.event().get("data").get("ticket");
        String title = ticket.get("title").asText();
        return "Message-ID: " + id + "\r\nFrom: Tickets <hub@example.org>\r\nTo: "
                + mail.person().get("email").asText()
                + "\r\nSubject: [#" + ticket.get("id").asText() + "] " + title
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello "
                + mail.person().get("name").asText() + ",</p>\r\n<p>" + title + ", of "
                + ticket.get("priority").asText() + " priority.</p>\r\n.\r\n";
    }

    private static void say(InputStream in, OutputStream out, String command) throws IOException {
        Sink.say(out, command);
        answer(in);
    }

    private static void answer(InputStream in) throws IOException {
        String line = Sink.line(in);
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = Sink.line(in);
        }
        if (line == null || line.charAt(0) > '3') {
            throw new IOException("The mail server answered " + line);
        }
    }
}
