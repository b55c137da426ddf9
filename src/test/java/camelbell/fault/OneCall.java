package camelbell.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One request on a connection of its own, whose answer is read to its end. */
record OneCall(int port, InetAddress from, byte[] request, int patienceMs) {

    /** "HTTP/1.1 200" */
    private static final int STATUS_LINE = 12;

    /** From this address of the loopback interface, with a request as {@link Says} writes it. */
    static OneCall of(HubProcess hub, String from, String request, int patienceMs) throws IOException {
        byte[] once =
                request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(UTF_8);
        return new OneCall(hub.port(), InetAddress.getByName(from), once, patienceMs);
    }

    /** The status, or the name of what came instead. */
    String answer() {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patienceMs);
            socket.setSoTimeout(patienceMs);
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(STATUS_LINE), ISO_8859_1);
            byte[] rest = new byte[1 << 16];
            while (answer.read(rest) >= 0) {
                // only its end matters
            }
            return status.length() < STATUS_LINE ? "nothing" : status.substring(STATUS_LINE - 3);
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
