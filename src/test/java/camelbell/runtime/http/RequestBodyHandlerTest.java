package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.CallbackSignatures;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Each test has an address of its own. */
@SpringBootTest(
        classes = RequestBodyHandlerTest.SignedHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.bodies=1MB",
            "camelbell.http.bodies-per-address=600KB",
            "camelbell.http.max-webhook-body=100KB",
            "camelbell.http.trusted-proxies=127.0.0.99",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@Tag("long")
class RequestBodyHandlerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SIGNED = "X-Hub-Signature-256: sha256=" + "0a".repeat(32) + "\r\n";
    private static final int BODY = 100 * 1024;

    private final List<Socket> sockets = new ArrayList<>();
    private final int port;
    private final MeterRegistry meters;

    RequestBodyHandlerTest(@Autowired HttpServers servers, @Autowired MeterRegistry meters) {
        this.port = servers.port();
        this.meters = meters;
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        await().untilAsserted(() -> assertThat(held()).isZero());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "X-Hub-Signature-256: ",
                "X-Hub-Signature-256: sha256=0a",
                "X-Hub-Signature-256: sha1=0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
            })
    void a_callback_without_a_signature_is_401_before_its_body_is_read(String header) throws IOException {
        String answer = all(callback("127.0.0.11", header + "\r\nContent-Length: " + BODY + "\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 401")
                .containsIgnoringCase("connection: close")
                .endsWith("{\"detail\":\"The signature is missing or wrong.\"}");
    }

    @Test
    void a_length_above_the_limit_is_413_at_once() throws IOException {
        assertThat(all(callback("127.0.0.11", SIGNED + "Content-Length: " + (BODY + 1) + "\r\n")))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void a_body_is_asked_for_only_once_nothing_refuses_it() throws IOException {
        String expects = "Expect: 100-continue\r\nContent-Length: ";
        assertThat(all(callback("127.0.0.11", expects + "2\r\n"))).startsWith("HTTP/1.1 401");
        assertThat(all(callback("127.0.0.11", SIGNED + expects + (BODY + 1) + "\r\n")))
                .startsWith("HTTP/1.1 413");
        Socket good = callback("127.0.0.11", SIGNED + expects + "2\r\nConnection: close\r\n");
        assertThat(line(good)).startsWith("HTTP/1.1 100");
        good.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(all(good)).contains("HTTP/1.1 200").doesNotContainIgnoringCase("expect");
    }

    @Test
    void one_address_has_so_many_bytes_of_bodies_and_others_are_heard_meanwhile() throws IOException {
        for (int n = 0; n < 6; n++) {
            unfinished("127.0.0.12", BODY);
        }
        await().until(() -> held() == 6 * (BODY - 1));

        assertThat(all(unfinished("127.0.0.12", BODY)))
                .startsWith("HTTP/1.1 429")
                .containsIgnoringCase("retry-after: 1")
                .contains("\"code\":\"too_much_at_once\"");
        assertThat(all(small("127.0.0.13"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void behind_a_trusted_proxy_each_client_has_a_share_of_its_own() throws IOException {
        String length = SIGNED + "Content-Length: " + BODY + "\r\n";
        for (int n = 0; n < 6; n++) {
            callback("127.0.0.99", length + "X-Forwarded-For: 192.0.2.1\r\n")
                    .getOutputStream()
                    .write(new byte[BODY - 1]);
        }
        await().until(() -> held() == 6 * (BODY - 1));
        callback("127.0.0.99", length + "X-Forwarded-For: 192.0.2.2\r\n")
                .getOutputStream()
                .write(new byte[BODY - 1]);
        await().until(() -> held() == 7 * (BODY - 1));
    }

    /** A head says how long the body will be, and takes nothing yet. */
    @Test
    void bodies_of_which_nothing_has_come_take_no_room_from_others() throws IOException {
        for (int n = 0; n < 10; n++) {
            callback("127.0.0." + (n < 5 ? 21 : 22), SIGNED + "Content-Length: " + BODY + "\r\n");
        }
        callback("127.0.0.23", SIGNED + "Content-Length: " + 24 * 1024 + "\r\n"); // 1 MB in all
        await().until(() -> held() > 0);

        assertThat(all(small("127.0.0.24"))).startsWith("HTTP/1.1 200");
        assertThat(all(mark("127.0.0.24"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void when_there_is_no_room_the_body_that_stands_ends_and_the_newcomer_is_heard() throws IOException {
        List<Socket> standing = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            standing.add(unfinished("127.0.0." + (n < 5 ? 25 : 26), BODY));
        }
        await().until(() -> held() == 10 * (BODY - 1));

        assertThat(all(mark("127.0.0.27"))).startsWith("HTTP/1.1 200");
        await().until(() -> {
            Socket newcomer =
                    callback("127.0.0.27", SIGNED + "Connection: close\r\nContent-Length: " + (BODY - 1) + "\r\n");
            newcomer.getOutputStream().write(new byte[BODY - 1]);
            return all(newcomer).startsWith("HTTP/1.1 200"); // once they have stood for long enough
        });
        await().until(() -> standing.stream().anyMatch(RequestBodyHandlerTest::hasAnswer));
        assertThat(all(standing.stream()
                        .filter(RequestBodyHandlerTest::hasAnswer)
                        .findFirst()
                        .orElseThrow()))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("retry-after: 5")
                .contains("\"code\":\"overloaded\"");
        assertThat(held()).isPositive().isLessThanOrEqualTo(1024 * 1024);
    }

    private static boolean hasAnswer(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void a_body_of_unknown_length_is_charged_as_it_grows() throws IOException {
        for (int n = 0; n < 6; n++) {
            chunk(callback("127.0.0.16", SIGNED + "Transfer-Encoding: chunked\r\n"), BODY - 1024);
        }
        await().until(() -> held() == 6 * (BODY - 1024));

        Socket last = callback("127.0.0.16", SIGNED + "Transfer-Encoding: chunked\r\n");
        chunk(last, 1024);
        await().until(() -> held() == 6 * (BODY - 1024) + 1024);
        chunk(last, 20 * 1024);
        assertThat(all(last)).startsWith("HTTP/1.1 429");
        Socket long1 = callback("127.0.0.17", SIGNED + "Transfer-Encoding: chunked\r\n");
        chunk(long1, BODY + 1);
        assertThat(all(long1)).startsWith("HTTP/1.1 413");
    }

    @Test
    void a_form_is_bytes_like_any_other() throws IOException {
        Socket form = callback(
                "127.0.0.18",
                SIGNED + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 4\r\nConnection: close\r\n");
        form.getOutputStream().write("--x\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(all(form)).startsWith("HTTP/1.1 200");
    }

    /** All of a body but its last byte. */
    private Socket unfinished(String from, int length) throws IOException {
        Socket socket = callback(from, SIGNED + "Content-Length: " + length + "\r\n");
        socket.getOutputStream().write(new byte[length - 1]);
        return socket;
    }

    /** A small body under /api/. */
    private Socket mark(String from) throws IOException {
        return say(
                from,
                "DELETE /api/things/1/mark/ HTTP/1.1\r\nHost: one\r\nAuthorization: Bearer good\r\n"
                        + "Connection: close\r\nContent-Length: 2\r\n\r\n{}");
    }

    private Socket small(String from) throws IOException {
        Socket socket = callback(from, SIGNED + "Connection: close\r\nContent-Length: 2\r\n");
        socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Socket callback(String from, String headers) throws IOException {
        return say(from, "POST /webhooks/things/ HTTP/1.1\r\nHost: one\r\n" + headers + "\r\n");
    }

    private Socket say(String from, String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0);
        sockets.add(socket);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void chunk(Socket socket, int length) throws IOException {
        socket.getOutputStream().write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[length]);
        socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private double held() {
        return meters.get("camelbell.http.bodies").gauge().value();
    }

    private static String line(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Import(PublicPortTest.PublicPortHub.class)
    static class SignedHub {

        @Bean
        CallbackSignatures signatures() {
            return signature -> signature != null && signature.matches("sha256=[0-9a-f]{64}");
        }
    }
}
