package camelbell.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** So many callers who ask the same again and again, each on a new connection, and read the whole answer. */
final class Callers implements AutoCloseable {

    private static final int GIVES_UP_MS = 15_000;

    /** "HTTP/1.1 200" */
    private static final int STATUS_LINE = 12;

    private final int port;
    private final byte[] request;
    private final InetAddress from;
    private final ExecutorService threads = Executors.newCachedThreadPool(Daemons.named("caller"));
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private volatile boolean done;

    /** From this address of the loopback interface, with a request as {@link Says} writes it. */
    Callers(HubProcess hub, int count, String address, String request) throws IOException {
        this.port = hub.port();
        this.from = InetAddress.getByName(address);
        this.request =
                request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(UTF_8);
        for (int i = 0; i < count; i++) {
            threads.execute(this::call);
        }
    }

    private void call() {
        while (!done) {
            answers.merge(answer(), 1, Integer::sum);
        }
    }

    private String answer() {
        try (Socket socket = new Socket("127.0.0.1", port, from, 0)) {
            socket.setSoTimeout(GIVES_UP_MS);
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(STATUS_LINE), ISO_8859_1);
            byte[] rest = new byte[1 << 16];
            while (!done && answer.read(rest) >= 0) {
                // only its end matters
            }
            return status.length() < STATUS_LINE ? "nothing" : status.substring(STATUS_LINE - 3);
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** By status, or by what came instead. */
    @Override
    public String toString() {
        return answers.toString();
    }

    void attackFor(Duration time) {
        Wait.pass(time);
        done = true;
    }

    @Override
    public void close() {
        done = true;
        threads.shutdownNow();
    }
}
