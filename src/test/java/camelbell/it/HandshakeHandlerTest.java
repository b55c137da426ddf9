package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens in front of the WebSocket route: strangers, crowds, and clients that never finish a sentence. */
@Tag("long")
class HandshakeHandlerTest {

    private static final int MOST = 5;
    private static final int SILENCE = 25_000;
    private static final String HEAD = "GET /ws/notifications/ HTTP/1.1\r\nHost: localhost\r\n";
    private static final String UPGRADE =
            """
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub(
                "camelbell.websocket.connections=" + MOST,
                "camelbell.http.trusted-proxies=127.0.0.0/8",
                "camelbell.http.keep-alive=2s",
                "camelbell.http.rate.refused-handshakes=1");
        hub.post("users", "7", "{\"id\":7,\"username\":\"seven\",\"name\":\"Seven\",\"role\":\"CLIENT\"}");
        hub.flush();
        await().ignoreExceptions().until(() -> {
            new Caller(hub.port(), 7).close();
            return true;
        });
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void a_full_node_says_503_and_when_to_come_back_until_somebody_leaves() {
        await().until(() -> hub.metric("camelbell.websocket.connections") == 0);
        List<Caller> inside = new ArrayList<>();
        IntStream.range(0, MOST).forEach(n -> inside.add(new Caller(hub.port(), 7)));
        await().until(() -> hub.metric("camelbell.websocket.connections") == MOST);

        HttpResponse<?> full = refusal("198.51.100.1", Tokens.of(7));

        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("Retry-After")).isPresent();
        inside.get(0).close();
        await().ignoreExceptions().until(() -> inside.add(new Caller(hub.port(), 7)));
        inside.forEach(Caller::close);
    }

    /** A signature is only looked at for so many of them; a client elsewhere does not notice. */
    @Test
    void a_thousand_handshakes_without_a_good_token_are_turned_away_before_anything_is_checked() {
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int n = 0; n < 1000; n++) {
            String token = n % 2 == 0 ? "" : Tokens.of(7) + "x";
            statuses.merge(refusal("198.51.100.2", token).statusCode(), 1, Integer::sum);
        }
        assertThat(statuses).containsOnlyKeys(401, 429);
        assertThat(statuses.getOrDefault(401, 0)).isBetween(100, 300);
        await().ignoreExceptionsInstanceOf(LetIn.class).untilAsserted(() -> {
            assertThat(refusal("198.51.100.2", "").statusCode()).isEqualTo(429); // and takes what has come back
            HttpResponse<?> throttled = refusal("198.51.100.2", Tokens.of(7));
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).isPresent();
        });
        within(Duration.ofSeconds(2), () -> {
            try (Caller elsewhere = new Caller(hub.port(), 7)) {
                await().until(() -> !elsewhere.frames().isEmpty());
            }
        });
    }

    @Test
    void who_connects_and_says_nothing_or_half_a_handshake_is_cut_within_ten_seconds() {
        within(Duration.ofSeconds(10), () -> {
            try (Socket silent = connect("");
                    Socket half = connect(HEAD + "Upgrade: web");
                    Socket dripping = connect(HEAD)) {
                Thread drip = new Thread(() -> drip(dripping), "drip");
                drip.start();
                for (Socket socket : List.of(silent, half, dripping)) {
                    assertThat(end(socket)).isEmpty();
                }
            }
        });
    }

    @Test
    void a_second_request_that_never_ends_is_cut_as_well_and_a_websocket_is_not() {
        try (Caller caller = new Caller(hub.port(), 7)) {
            within(Duration.ofSeconds(7), () -> {
                long began = System.nanoTime();
                try (Socket used = connect("GET /api/notifications/ HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
                    Thread drip = new Thread(() -> drip(used), "drip");
                    await().until(() -> used.getInputStream().available() > 0);
                    used.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
                    drip.start();

                    assertThat(end(used)).startsWith("HTTP/1.1 401").doesNotContain("HTTP/1.1 408");
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
                }
            });
            caller.send("{\"type\":\"ping\",\"timestamp\":1}");
            await().until(() -> !caller.frames("pong").isEmpty());
        }
    }

    /** Begun again when it took longer: a stall of the machine passes, a slow hub stays slow. */
    private static void within(Duration most, ThrowingRunnable act) {
        await().pollDelay(Duration.ZERO).untilAsserted(() -> {
            long began = System.nanoTime();
            act.run();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(most);
        });
    }

    @Test
    void an_upgrade_over_http_1_0_is_refused_and_closed() throws IOException {
        try (Socket old = connect(HEAD.replace("1.1", "1.0") + UPGRADE)) {
            assertThat(end(old)).startsWith("HTTP/1.0 400");
        }
    }

    private static void drip(Socket socket) {
        try {
            for (int n = 0; n < 600; n++) {
                socket.getOutputStream().write(("X-" + n + ": 1\r\n").getBytes(StandardCharsets.US_ASCII));
                LockSupport.parkNanos(100_000_000);
            }
        } catch (IOException cut) {
            assertThat(socket.isClosed() || cut.getMessage() != null).isTrue();
        }
    }

    private static Socket connect(String begin) throws IOException {
        Socket socket = new Socket("localhost", hub.port());
        socket.setSoTimeout(SILENCE); // what is not cut drips or waits for longer, and fails the test
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What comes until the connection ends. */
    private static String end(Socket socket) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (SocketException reset) {
            assertThat(socket.isClosed()).isFalse(); // by the hub, not by this test
        }
        return read.toString(StandardCharsets.US_ASCII);
    }

    private static final class LetIn extends RuntimeException {}

    private static HttpResponse<?> refusal(String address, String token) {
        return WebSocketClient.refusal(
                        hub.port(),
                        token.isEmpty() ? "" : "?token=" + token,
                        builder -> builder.header("X-Forwarded-For", address))
                .orElseThrow(LetIn::new);
    }
}
