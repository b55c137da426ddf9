package camelbell.socket;

import static camelbell.socket.RawSocket.FIN;
import static camelbell.socket.RawSocket.PONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import camelbell.it.Tokens;
import camelbell.it.WebSocketClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Hundreds of sockets on one node: what they leave behind, and what they do to each other. */
@Tag("long")
@SpringBootTest(classes = CamelbellApplication.class)
class SocketLoadTest {

    private static final int HEALTHY = 300;
    private static final int ROUNDS = 20;

    @Autowired
    private Sessions sessions;

    @Autowired
    private DataSource database;

    @Autowired
    private ProducerTemplate camel;

    @Autowired
    private MeterRegistry meters;

    private InboxFixture inbox;
    private int port;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        PatientStack.register(registry);
        registry.add("camelbell.websocket.sweep-interval", () -> "10m");
        registry.add("camelbell.websocket.ping-interval", () -> "2s");
        registry.add("camelbell.websocket.pong-wait", () -> "10s"); // longer than a machine stalls
        registry.add("camelbell.websocket.slow-reader-grace", () -> "2m"); // whoever waits for one waits too long
        registry.add("camelbell.websocket.connections-per-person", () -> "1000");
        registry.add("camelbell.http.rate.per-user", () -> "0");
    }

    @BeforeEach
    void aNode() {
        inbox = new InboxFixture(database);
        port = camel.requestBody("bean:httpServers?method=port", null, Integer.class);
    }

    /** A third says goodbye, a third cuts the line, a third stays connected and is never heard of again. */
    @Test
    void connections_leave_nothing_behind_however_they_end() throws IOException {
        inbox.person(7, true);
        comeAndGo(100, 2); // warms up, without those that it takes long to miss
        long threads = ownThreads();

        comeAndGo(300, 3);

        await().untilAsserted(() -> {
            assertThat(ownThreads()).isLessThan(threads + 50); // a way to end that leaves one leaves a hundred
            assertThat(count("handshakes", "outcome", "opened")).isGreaterThanOrEqualTo(400);
            assertThat(count("closes", "code", "1001")).isGreaterThanOrEqualTo(100);
            assertThat(count("closes", "code", "1000")).isGreaterThanOrEqualTo(150);
        });
    }

    private double count(String counter, String tag, String value) {
        return meters.find("camelbell.websocket." + counter).tag(tag, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void comeAndGo(int connections, int ways) throws IOException {
        List<RawSocket> halfOpen = new ArrayList<>();
        for (int n = 0; n < connections; n++) {
            if (n % ways == 2) {
                halfOpen.add(new RawSocket(port, "?token=" + Tokens.of(7)));
                continue;
            }
            WebSocketClient client = WebSocketClient.open(port, "?token=" + Tokens.of(7));
            if (n % ways == 0) {
                client.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            } else {
                client.cut();
            }
        }
        awaitNobody();
        for (RawSocket socket : halfOpen) {
            socket.close();
        }
    }

    private void awaitNobody() {
        await().untilAsserted(() -> {
            assertThat(sessions.all()).isEmpty();
            assertThat(sessions.people()).isEmpty();
            assertThat(meters.get("camelbell.websocket.connections").gauge().value())
                    .isZero();
            assertThat(meters.get("camelbell.websocket.queued").gauge().value()).isZero();
        });
    }

    /** Without those of this test's own clients. */
    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("HttpClient"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .count();
    }

    /**
     * That each round ends tells that nobody waited for the slow one, which stays full from before the first to after the
     * last. The time from a hint to the frame at the client is only printed, for whoever has a quiet machine.
     */
    @Test
    void a_client_that_stands_still_does_not_slow_hundreds_of_others() throws IOException {
        List<Long> people = LongStream.range(1000, 1000 + HEALTHY).boxed().toList();
        people.forEach(person -> inbox.person(person, true));
        inbox.person(8, true);
        List<WebSocketClient> healthy = people.stream()
                .map(person -> WebSocketClient.open(port, "?token=" + Tokens.of(person)))
                .toList();
        await().until(() -> healthy.stream().allMatch(client -> client.frames().size() == 1));
        push(people, healthy, () -> {}); // warms up

        long alone = push(people, healthy, () -> {});
        long beside;
        try (RawSocket stalled =
                new RawSocket(port, "GET /ws/notifications/?token=" + Tokens.of(8) + " HTTP/1.1", 4096)) {
            assertThat(stalled.next()).contains("connection_established");
            for (int part = 0; part < 16; part++) { // 16 MB: more than the kernel's buffers hold
                inbox.recordMany(8, 500, 2000);
                live(stalled);
            }
            camel.sendBody("direct:announce", List.of(8L));
            await().during(Duration.ofMillis(500)).until(() -> standsStill(stalled));
            beside = push(people, healthy, () -> {
                inbox.record(8L);
                assertThat(standsStill(stalled)).isTrue();
            });
            assertThat(standsStill(stalled)).isTrue();
        }

        System.out.printf("healthy=%d p99 alone=%d ms beside a slow reader=%d ms%n", HEALTHY, alone, beside);
        healthy.forEach(WebSocketClient::cut);
    }

    /** A sign of life, so that it is slow and not silent. */
    private static void live(RawSocket stalled) throws IOException {
        stalled.frame(FIN | PONG, new byte[0]);
    }

    private boolean standsStill(RawSocket stalled) throws IOException {
        live(stalled);
        return sessions.of(8).size() == 1
                && meters.get("camelbell.websocket.slow.readers").gauge().value() == 1;
    }

    private interface Act {
        void run() throws IOException;
    }

    /** 99 of 100 frames had come after so many milliseconds. */
    private long push(List<Long> people, List<WebSocketClient> clients, Act beside) throws IOException {
        List<Long> waits = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int had = clients.get(0).arrivals().size();
            inbox.record(people, () -> {});
            beside.run();
            long hinted = System.nanoTime();
            camel.sendBody(
                    "direct:announce",
                    LongStream.concat(LongStream.of(8), people.stream().mapToLong(p -> p))
                            .boxed()
                            .toList());
            await().pollInterval(Duration.ofMillis(10)).until(() -> clients.stream()
                    .allMatch(client -> client.arrivals().size() > had));
            clients.forEach(client -> waits.add(client.arrivals().get(had) - hinted));
        }
        return waits.stream()
                        .sorted()
                        .skip(waits.size() * 99L / 100)
                        .findFirst()
                        .orElse(0L)
                / 1_000_000;
    }
}
