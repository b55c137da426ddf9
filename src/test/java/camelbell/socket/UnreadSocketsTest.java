package camelbell.socket;

import static camelbell.socket.RawSocket.FIN;
import static camelbell.socket.RawSocket.PING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import camelbell.it.Tokens;
import camelbell.it.WebSocketClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Clients that say much and read nothing, on a hub with four threads for REST and one for what clients say. */
@Tag("long")
@SpringBootTest(classes = CamelbellApplication.class)
class UnreadSocketsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int STRANGERS = 6;
    private static final long FIRST = 700;

    @Autowired
    private Sessions sessions;

    @Autowired
    private DataSource database;

    @Autowired
    private ProducerTemplate camel;

    @Autowired
    private MeterRegistry meters;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RawSocket> sockets = new ArrayList<>();
    private int port;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        PatientStack.register(registry);
        registry.add("camelbell.http.workers", () -> "4");
        registry.add("camelbell.websocket.workers", () -> "1");
        registry.add("camelbell.websocket.sweep-interval", () -> "10m"); // no worker looks at them
        registry.add(
                "camelbell.websocket.frames-per-second", () -> "1000000"); // fills the kernel's buffers in a moment
        registry.add("camelbell.websocket.slow-reader-grace", () -> "1s");
        registry.add("camelbell.websocket.slow-reader-linger", () -> "4s");
    }

    @BeforeEach
    void people() {
        InboxFixture inbox = new InboxFixture(database);
        for (long person = FIRST; person <= FIRST + STRANGERS; person++) {
            if (inbox.jdbc()
                    .queryForList("SELECT 1 FROM person WHERE id = ?", person)
                    .isEmpty()) {
                inbox.person(person, true);
            }
        }
        port = camel.requestBody("bean:httpServers?method=port", null, Integer.class);
    }

    @AfterEach
    void leave() throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    @Test
    void who_asks_for_answers_and_reads_none_is_closed_4408_and_holds_up_nobody() throws Exception {
        double before = closedAsSlow();
        String ping = "{\"type\":\"ping\",\"timestamp\":\"" + "x".repeat(8000) + "\"}";
        flood(STRANGERS, socket -> socket.text(ping));

        assertAnswered();
        await().untilAsserted(() -> assertThat(closedAsSlow()).isEqualTo(before + STRANGERS));
        assertNothingLeft();
    }

    /** Which the server's own answer to pings would not count. */
    @Test
    void who_sends_protocol_pings_and_reads_no_pong_is_closed_4408_as_well() throws Exception {
        double before = closedAsSlow();
        flood(1, socket -> socket.frame(FIN | PING, new byte[125])); // some thirty thousand fill the kernel's buffers

        await().untilAsserted(() -> assertThat(closedAsSlow()).isEqualTo(before + 1));
        assertNothingLeft();
    }

    @Test
    void what_is_said_before_the_greeting_holds_no_thread_and_is_answered_after_it() throws Exception {
        List<RawSocket> early = new ArrayList<>();
        try (Connection locked = database.getConnection();
                Statement statement = locked.createStatement()) {
            statement.execute("LOCK TABLE inbox"); // nobody can be greeted
            for (int n = 0; n < STRANGERS; n++) {
                early.add(open(FIRST + n));
                for (int frame = 0; frame < 30; frame++) {
                    early.get(n).text("{\"type\":\"ping\",\"timestamp\":" + frame + "}");
                }
            }
            assertAnswered();
            locked.rollback();
        }
        for (RawSocket socket : early) {
            assertThat(socket.next()).contains("connection_established");
            for (int frame = 0; frame < 30; frame++) {
                assertThat(socket.next()).isEqualTo("{\"type\":\"pong\",\"timestamp\":" + frame + "}");
            }
        }
    }

    private interface Say {
        void to(RawSocket socket) throws IOException;
    }

    /** For as long as the hub takes it. */
    private void flood(int strangers, Say say) throws IOException {
        for (int n = 0; n < strangers; n++) {
            RawSocket socket = open(FIRST + n);
            threads.execute(() -> {
                try {
                    while (!Thread.interrupted() && !socket.isCut()) {
                        say.to(socket);
                    }
                } catch (IOException cut) {
                    assertThat(cut).isNotNull(); // as it should be, in the end
                }
            });
        }
    }

    private RawSocket open(long person) throws IOException {
        RawSocket socket = new RawSocket(port, "GET /ws/notifications/?token=" + Tokens.of(person) + " HTTP/1.1", 4096);
        sockets.add(socket);
        return socket;
    }

    /** A stranger's REST requests and handshakes, one after the other, while the flood stands. */
    private void assertAnswered() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/notifications/ws_ticket/"))
                .header("Authorization", "Bearer " + Tokens.of(FIRST + STRANGERS))
                .POST(BodyPublishers.noBody())
                .build();
        for (int n = 0; n < 20; n++) {
            CompletableFuture<Integer> status = HttpClient.newHttpClient()
                    .sendAsync(request, BodyHandlers.discarding())
                    .thenApply(answer -> answer.statusCode());
            assertThat(status).succeedsWithin(SOON).isNotEqualTo(503);
            WebSocketClient.open(port, "?token=" + Tokens.of(FIRST + STRANGERS)).cut();
        }
    }

    private void assertNothingLeft() {
        await().untilAsserted(() -> {
            assertThat(sessions.all()).isEmpty();
            assertThat(meters.get("camelbell.websocket.connections").gauge().value())
                    .isZero();
            assertThat(meters.get("camelbell.websocket.queued").gauge().value()).isZero();
        });
    }

    private double closedAsSlow() {
        return meters.find("camelbell.websocket.closes").tag("code", "4408").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
