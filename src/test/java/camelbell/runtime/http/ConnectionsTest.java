package camelbell.runtime.http;

import static camelbell.runtime.http.RawClients.all;
import static camelbell.runtime.http.RawClients.get;
import static camelbell.runtime.http.RawClients.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** 127.0.0.99 is the trusted proxy. */
@SpringBootTest(
        classes = PublicPortTest.PublicPortHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.connections=16",
            "camelbell.http.connections-per-address=6",
            "camelbell.http.new-connections=10",
            "camelbell.http.head-timeout=30s",
            "camelbell.http.trusted-proxies=127.0.0.99",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@ExtendWith(OutputCaptureExtension.class)
class ConnectionsTest {

    private static final String DOCS = "/api/docs/page.css";
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "");

    private final RawClients clients;
    private final MeterRegistry meters;

    ConnectionsTest(@Autowired HttpServers servers, @Autowired MeterRegistry meters) {
        this.clients = new RawClients(servers.port());
        this.meters = meters;
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        await().until(() -> open() == 0);
    }

    @Test
    void one_address_has_so_many_and_others_are_let_in(CapturedOutput log) throws Exception {
        double before = refused("connections-per-address");
        for (int n = 0; n < 6; n++) {
            clients.open("127.0.0.31");
        }
        await().until(() -> open() == 6);
        for (int n = 0; n < 20; n++) {
            assertThat(all(clients.open("127.0.0.31")))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 5", "\"code\":\"full\"");
        }
        assertThat(asked("127.0.0.32")).startsWith("HTTP/1.1 200");
        assertThat(log.getAll().split("connections refused kind=connections-per-address", -1))
                .hasSize(2);
        assertThat(refused("connections-per-address")).isEqualTo(before + 20);

        clients.close();
        await().until(() ->
                log.getAll().contains("connections accepted again kind=connections-per-address refused=20"));
        assertThat(asked("127.0.0.31")).startsWith("HTTP/1.1 200");
    }

    @Test
    void silent_ones_do_not_take_the_places_of_those_that_are_served() throws Exception {
        Socket served = clients.open("127.0.0.33");
        serve(served);
        for (int n = 0; n < 4; n++) {
            serve(clients.open("127.0.0.33"));
        }
        assertThat(meters.get("camelbell.http.new.connections").gauge().value()).isZero();
        List<Socket> silent = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            silent.add(clients.open("127.0.0." + (n < 6 ? 34 : 35)));
            int come = 6 + n;
            await().until(() -> open() == come);
        }
        Socket newcomer = clients.open("127.0.0.36");
        assertThat(all(silent.get(0))).isEmpty(); // the oldest of the address that has most of them
        serve(newcomer);
        serve(served);
        serve(silent.get(1));
        assertThat(refused("new-connections")).isEqualTo(1);
    }

    @Test
    void an_address_that_fills_its_share_with_silent_ones_still_has_room_for_somebody_who_asks() throws Exception {
        for (int n = 0; n < 3; n++) {
            serve(clients.open("127.0.0.48")); // served ones do not count
        }
        for (int n = 0; n < 3; n++) {
            clients.open("127.0.0.48");
        }
        await().until(() -> open() == 6);
        assertThat(all(clients.open("127.0.0.48"))).startsWith("HTTP/1.1 503");
    }

    @Test
    void the_node_has_so_many_in_all() throws Exception {
        for (int n = 0; n < 16; n++) {
            serve(clients.open("127.0.0." + (37 + n / 5)));
        }
        assertThat(all(clients.open("127.0.0.45"))).startsWith("HTTP/1.1 503");
    }

    @Test
    void behind_a_trusted_proxy_each_client_is_counted_by_itself() throws Exception {
        for (int n = 0; n < 6; n++) {
            shake(clients.open("127.0.0.99"), "192.0.2.1");
        }
        String full = all(
                say(clients.open("127.0.0.99"), get(DOCS, "X-Forwarded-For: 192.0.2.1\r\n", "Connection: close\r\n")));
        assertThat(full).startsWith("HTTP/1.1 429").contains("\"code\":\"too_much_at_once\"");
        assertThat(all(say(
                        clients.open("127.0.0.99"),
                        get(DOCS, "X-Forwarded-For: 192.0.2.2\r\n", "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 200");

        clients.close();
        await().until(() -> open() == 0);
        for (int n = 0; n < 10; n++) { // one after the other, so that each has given its place back
            assertThat(all(say(
                            clients.open("127.0.0.99"),
                            get(DOCS, "X-Forwarded-For: 192.0.2.1\r\n", "Connection: close\r\n"))))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private String asked(String from) throws IOException {
        return all(say(clients.open(from), get(DOCS, "Connection: close\r\n")));
    }

    private static void serve(Socket socket) throws IOException {
        say(socket, get(DOCS).replace("GET", "HEAD"));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head).startsWith("HTTP/1.1 200");
    }

    private static void shake(Socket socket, String client) throws IOException {
        say(socket, get("/ws/notifications/?user=9", HANDSHAKE, "X-Forwarded-For: " + client + "\r\n"));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 101");
    }

    /** In one write, so that the farewell is there before anybody could take up the socket. */
    @Test
    void a_socket_that_says_goodbye_along_with_its_handshake_is_not_counted_for_ever() throws Exception {
        for (int n = 0; n < 20; n++) {
            await().until(() -> open() < 6);
            Socket socket = clients.open("127.0.0.46");
            byte[] shake =
                    get("/ws/notifications/?user=" + (100 + n), HANDSHAKE).getBytes(StandardCharsets.US_ASCII);
            byte[] goodbye = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8};
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(shake);
            both.write(goodbye);
            socket.getOutputStream().write(both.toByteArray());
        }
        await().until(() -> open() == 0); // closed by the hub, one after the other
        await().until(() ->
                meters.get("camelbell.websocket.connections").gauge().value() == 0);
        assertThat(meters.counter("camelbell.websocket.closes", "code", "1000").count())
                .isEqualTo(20);
    }

    /** Bytes that nobody has read when a connection is closed make the kernel throw away what the client has not read yet. */
    @Test
    void a_refusal_is_heard_by_who_was_still_sending() throws Exception {
        for (int n = 0; n < 6; n++) {
            serve(clients.open("127.0.0.47"));
        }
        for (int n = 0; n < 10; n++) {
            // what is said more than two seconds after the answer, on a very busy machine, is too late
            await().ignoreExceptionsInstanceOf(SocketException.class).until(this::hearsItsRefusal);
        }
    }

    private boolean hearsItsRefusal() throws IOException {
        Socket late = clients.open("127.0.0.47");
        say(late, get("/" + "x".repeat(7000)).repeat(3));
        await().until(() -> late.getInputStream().available() > 0);
        say(late, "y".repeat(7000));
        String answer = all(late);
        return answer.startsWith("HTTP/1.1 503") && answer.contains("\"code\":\"full\"");
    }

    private double refused(String reason) {
        return meters.counter("camelbell.http.refused", "reason", reason).count();
    }

    private double open() {
        return meters.get("camelbell.http.connections").gauge().value();
    }
}
