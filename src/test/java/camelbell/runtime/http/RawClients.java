package camelbell.runtime.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plain sockets to one port, each from an address of its own choice; all closed together. */
public final class RawClients implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);

    private final List<Socket> sockets = new ArrayList<>();
    private final int port;

    public RawClients(int port) {
        this.port = port;
    }

    public Socket open(String from) throws IOException {
        return open(from, 0);
    }

    /** With a small receive buffer, so that what is not read stays with the hub; 0 for the usual one. */
    public Socket open(String from, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    public static Socket say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    public static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: one\r\n" + String.join("", headers) + "\r\n";
    }

    /** Until the hub closes. */
    public static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
