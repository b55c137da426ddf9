package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private final Echo echo = new Echo();
    private final FaultProxy proxy = new FaultProxy(echo.server.getLocalPort());

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.server.close();
    }

    @Test
    void a_healthy_proxy_passes_everything_both_ways() throws IOException {
        try (Socket client = connect()) {
            assertThat(say(client, "hello")).isEqualTo("hello");
            assertThat(proxy.open()).isOne();
        }
        await().until(() -> proxy.open() == 0);
    }

    @Test
    void a_cut_resets_what_is_open_and_new_connections_pass() throws IOException {
        try (Socket old = connect()) {
            assertThat(say(old, "a")).isEqualTo("a");
            proxy.cut();
            assertThatThrownBy(() -> say(old, "b")).isInstanceOf(IOException.class);
        }
        try (Socket fresh = connect()) {
            assertThat(say(fresh, "c")).isEqualTo("c");
        }
    }

    @Test
    void what_is_down_lets_nobody_in_until_it_is_healed() throws IOException {
        proxy.down();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> say(client, "a")).isInstanceOf(IOException.class);
        }
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(say(client, "b")).isEqualTo("b");
        }
    }

    @Test
    void a_stalled_connection_stays_open_and_silent_and_loses_nothing() throws IOException {
        try (Socket client = connect()) {
            proxy.stall();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> say(client, "late")).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            client.setSoTimeout(20_000);
            assertThat(read(client, 4)).isEqualTo("late");
        }
    }

    @Test
    void delay_and_drip_take_their_time() throws IOException {
        try (Socket client = connect()) {
            proxy.delay(Duration.ofMillis(100));
            assertThat(millis(() -> say(client, "slow"))).isGreaterThanOrEqualTo(200);
            proxy.heal();
            proxy.drip(Duration.ofMillis(20));
            assertThat(millis(() -> say(client, "drop by drop"))).isGreaterThanOrEqualTo(200);
        }
    }

    @Test
    void a_word_that_is_cut_before_it_is_heard_never_arrives() throws IOException {
        proxy.cutAt("COMMIT", false, 1);
        try (Socket client = connect()) {
            assertThat(say(client, "BEGIN;COM")).isEqualTo("BEGIN;COM");
            assertThatThrownBy(() -> say(client, "MIT;")).isInstanceOf(IOException.class);
        }
        assertThat(proxy.cuts()).isOne();
        assertThat(echo.heard()).isEqualTo("BEGIN;COM");
        try (Socket client = connect()) {
            assertThat(say(client, "COMMIT")).isEqualTo("COMMIT");
        }
    }

    @Test
    void a_word_that_is_heard_arrives_and_the_answer_is_lost() throws IOException {
        proxy.cutAt("COMMIT", true, 1);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> say(client, "COMMIT")).isInstanceOf(IOException.class);
        }
        await().untilAsserted(() -> assertThat(echo.heard()).isEqualTo("COMMIT"));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return read(socket, text.length());
    }

    private static String read(Socket socket, int length) throws IOException {
        byte[] answer = socket.getInputStream().readNBytes(length);
        if (answer.length < length) {
            throw new IOException("closed after " + answer.length + " bytes");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }

    private static long millis(Action action) throws IOException {
        long began = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private interface Action {
        void run() throws IOException;
    }

    /** Answers what it hears, and remembers it. */
    private static final class Echo {
        final ServerSocket server;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Echo() {
            try {
                server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread thread = new Thread(this::accept, "echo");
            thread.setDaemon(true);
            thread.start();
        }

        synchronized String heard() {
            return heard.toString(StandardCharsets.US_ASCII);
        }

        private void accept() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    byte[] buffer = new byte[100];
                    for (int read = socket.getInputStream().read(buffer);
                            read >= 0;
                            read = socket.getInputStream().read(buffer)) {
                        synchronized (this) {
                            heard.write(buffer, 0, read);
                        }
                        socket.getOutputStream().write(buffer, 0, read);
                    }
                } catch (IOException e) {
                    // the test is over
                }
            }
        }
    }
}
