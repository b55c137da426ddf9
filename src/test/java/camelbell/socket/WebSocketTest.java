package camelbell.socket;

import static camelbell.socket.RawSocket.BINARY;
import static camelbell.socket.RawSocket.CONTINUATION;
import static camelbell.socket.RawSocket.FIN;
import static camelbell.socket.RawSocket.PING;
import static camelbell.socket.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import camelbell.identity.TokenMinter;
import camelbell.it.Stack;
import camelbell.it.WebSocketClient;
import camelbell.model.HandshakeTickets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole way, through the real server and its routes. Hints alone move it: the sweep is too slow to help. */
@SpringBootTest(classes = CamelbellApplication.class)
class WebSocketTest {

    private static final AtomicLong NEXT_PERSON = new AtomicLong(500);

    @Autowired
    private Sessions sessions;

    @Autowired
    private Heartbeat heartbeat;

    @Autowired
    private DataSource database;

    @Autowired
    private ProducerTemplate camel;

    @Autowired
    private HandshakeTickets tickets;

    @Autowired
    private MeterRegistry meters;

    private InboxFixture inbox;
    private int port;
    private long person;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        PatientStack.register(registry);
        registry.add("camelbell.http.allowed-origins", () -> "http://localhost:3000,capacitor://localhost");
        registry.add("camelbell.http.public-url", () -> "https://hub.example.org/bell");
        registry.add("camelbell.websocket.sweep-interval", () -> "10m");
        registry.add("camelbell.websocket.ping-interval", () -> "10m"); // none comes between other frames
        registry.add("camelbell.websocket.slow-reader-grace", () -> "8s"); // longer than a machine stalls a healthy one
        registry.add("camelbell.websocket.slow-reader-linger", () -> "12s"); // longer than it stalls a late one
    }

    @BeforeEach
    void aPerson() {
        inbox = new InboxFixture(database);
        port = camel.requestBody("bean:httpServers?method=port", null, Integer.class);
        person = NEXT_PERSON.getAndIncrement();
        inbox.person(person, true);
    }

    @Test
    void the_greeting_a_notification_and_a_pong_look_as_the_guide_says() {
        WebSocketClient client = open("");
        announce();
        client.send("{\"type\":\"ping\",\"timestamp\":1735038600000}");

        await().untilAsserted(() -> assertThat(client.frames()).hasSize(3));
        assertThat(client.frames().get(0).toString())
                .startsWith("{\"type\":\"connection_established\",\"message\":\"Connected successfully as user_"
                        + person + "\",\"user_id\":" + person);
        assertThat(client.frames()).anySatisfy(frame -> assertThat(frame.toString())
                .isEqualTo("{\"type\":\"pong\",\"timestamp\":1735038600000}"));
        assertThat(client.frames()).anySatisfy(frame -> assertThat(frame.toString())
                .startsWith("{\"notification_type\":\"ticket_created\",\"message\":"));
    }

    @Test
    void a_client_that_comes_back_gets_what_it_missed() {
        WebSocketClient before = open("");
        announce();
        await().untilAsserted(() -> assertThat(before.seqs()).containsExactly(1L));
        before.cut();
        announce();
        announce();

        WebSocketClient after = open("&since=1");

        await().untilAsserted(() -> assertThat(after.seqs()).containsExactly(2L, 3L));
    }

    @Test
    void what_another_node_announces_reaches_the_sockets_of_this_one() {
        WebSocketClient client = open("");
        inbox.record(person);

        await().untilAsserted(() -> {
            camel.sendBody(
                    "kafka:{{camelbell.kafka.topics.announcements}}?brokers={{camelbell.kafka.brokers}}",
                    "{\"origin\":\"another node\",\"people\":[" + person + ",1]}");
            camel.sendBody(
                    "kafka:{{camelbell.kafka.topics.announcements}}?brokers={{camelbell.kafka.brokers}}", "nonsense");
            assertThat(client.seqs()).containsExactly(1L);
        });
    }

    @Test
    void a_missing_or_bad_token_is_401_before_the_upgrade_with_a_body_in_json() throws IOException {
        String good = token(600);
        assertThat(List.of(
                        status(""),
                        status("?token="),
                        status("?token=rubbish"),
                        status("?token=" + good + "x"),
                        status("?token=Bearer%20" + good),
                        status("?token=" + good + "&token=" + good),
                        status("?token=" + token(99_999, 600))))
                .containsOnly(401);
        try (RawSocket refused = new RawSocket(port, "?token=rubbish")) {
            assertThat(refused.answer).contains("401", "application/json").doesNotContain("rubbish");
            assertThat(refused.body()).startsWith("{\"detail\":\"Given token not valid for any token type\",\"code\":");
        }
    }

    @Test
    void a_header_given_twice_is_never_believed_by_its_first_line() throws IOException {
        String bearer = "\r\nAuthorization: Bearer " + token(600);
        String origin = "\r\nOrigin: http://localhost:3000";
        assertThat(answer(bearer + origin)).contains("101");
        assertThat(answer(bearer + bearer)).contains("401");
        assertThat(answer(bearer + origin + "\r\nOrigin: http://evil.example")).contains("403");
    }

    private String answer(String headers) throws IOException {
        try (RawSocket socket = new RawSocket(port, "GET /ws/notifications/ HTTP/1.1" + headers, 65536)) {
            return socket.answer.lines().findFirst().orElseThrow();
        }
    }

    @Test
    void the_authorization_header_is_as_good_as_the_query() {
        WebSocketClient client =
                WebSocketClient.open(port, "", builder -> builder.header("Authorization", "Bearer " + token(600)));

        await().untilAsserted(() -> assertThat(client.frames()).hasSize(1));
    }

    @Test
    void a_ticket_opens_one_connection_and_no_second_one() {
        Instant expiry = Instant.now().plusSeconds(600);
        String ticket = tickets.issue(person, expiry);

        WebSocketClient client = WebSocketClient.open(port, "?ticket=" + ticket);

        await().untilAsserted(() -> assertThat(client.frames()).hasSize(1));
        assertThat(status("?ticket=" + ticket)).isEqualTo(401);
        assertThat(status("?ticket=" + tickets.issue(person, expiry) + "&token=" + token(600)))
                .isEqualTo(401);
    }

    @Test
    void an_expired_token_is_accepted_then_closed_4401() {
        WebSocketClient client = WebSocketClient.open(port, "?token=" + token(-60));

        assertThat(client.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
        assertThat(client.frames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, 101",
        "capacitor://localhost, 101",
        "https://hub.example.org, 101",
        "https://hub.example.org:443, 101",
        "http://hub.example.org, 403",
        "https://hub.example.org:8443, 403",
        "https://hub.example.org.evil.example, 403",
        "capacitor://evil.example, 403",
        "http://evil.example, 403",
        "http://localhost:3000.evil.example, 403",
        "http://localhost:30000, 403",
        "null, 403"
    })
    void an_origin_must_be_on_the_list_or_the_hubs_public_url(String origin, int status) {
        assertThat(WebSocketClient.status(port, "?token=" + token(600), builder -> builder.header("Origin", origin)))
                .isEqualTo(status);
    }

    @Test
    void an_origin_that_is_the_host_header_is_no_better_for_it() throws IOException {
        String rebound = "\r\nAuthorization: Bearer " + token(600) + "\r\nOrigin: http://localhost";
        assertThat(answer(rebound)).contains("403");
    }

    @Test
    void a_token_that_ends_meanwhile_closes_4401() {
        WebSocketClient ending = WebSocketClient.open(port, "?token=" + token(2));

        assertThat(ending.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
    }

    @Test
    void a_token_that_is_refreshed_keeps_the_connection_past_the_end_of_the_first() {
        WebSocketClient ending = open(60);
        WebSocketClient refreshed = open(60);
        refreshed.send("{\"type\":\"refresh\",\"token\":\"" + token(600) + "\"}");
        refreshed.send("{\"type\":\"ping\"}");
        await().untilAsserted(() -> assertThat(refreshed.frames()).hasSize(2));

        heartbeat.beat(Instant.now().plusSeconds(120));

        assertThat(ending.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
        refreshed.send("{\"type\":\"ping\"}");
        await().untilAsserted(() -> assertThat(refreshed.frames()).hasSize(3));
    }

    @Test
    void the_eleventh_connection_is_closed_4409() {
        List<WebSocketClient> devices = new ArrayList<>();
        for (int device = 0; device < 10; device++) {
            devices.add(open(""));
        }
        await().untilAsserted(() -> assertThat(devices)
                .allSatisfy(device -> assertThat(device.frames()).hasSize(1)));

        WebSocketClient eleventh = WebSocketClient.open(port, "?token=" + token(600));

        assertThat(eleventh.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4409);
        assertThat(devices).allSatisfy(device -> assertThat(device.closed()).isNotDone());
        devices.forEach(WebSocketClient::cut);
    }

    @Test
    void breaches_of_the_protocol_have_their_close_codes() throws IOException {
        byte[] notUtf8 = {'{', (byte) 0xff, (byte) 0xfe, '}'};
        assertThat(endAfter(socket -> socket.text(" ".repeat(9 * 1024)))).isEqualTo("close 1009");
        assertThat(endAfter(socket -> socket.text(" ".repeat(1024 * 1024)))).isEqualTo("close 1009");
        assertThat(endAfter(socket -> socket.head(9 * 1024)))
                .as("what it announces is not waited for")
                .isEqualTo("close 1009");
        assertThat(endAfter(socket -> {
                    socket.frame(TEXT, new byte[5000]);
                    socket.frame(FIN | CONTINUATION, new byte[5000]);
                }))
                .isEqualTo("close 1009");
        assertThat(endAfter(socket -> socket.frame(FIN | BINARY, "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("close 1003");
        assertThat(endAfter(socket -> socket.frame(FIN | TEXT, notUtf8))).isEqualTo("close 1007");
        assertThat(endAfter(socket -> socket.frame(FIN | TEXT, "{}".getBytes(StandardCharsets.UTF_8), false)))
                .isEqualTo("close 1002");
        assertThat(endAfter(socket -> socket.frame(FIN | 3, new byte[0]))).isEqualTo("close 1002");
        assertThat(endAfter(socket -> socket.frame(FIN | PING, new byte[126]))).isEqualTo("close 1002");
        assertThat(endAfter(socket -> {
                    for (int frame = 0; frame < 2000; frame++) { // many: a busy hub takes fewer than 50 in some seconds
                        socket.text("{\"type\":\"ping\"}");
                    }
                }))
                .isEqualTo("close 4429");
    }

    @Test
    void fragments_pings_and_fifty_frames_in_a_second_are_served_in_order() throws IOException {
        try (RawSocket socket = new RawSocket(port, "?token=" + token(600))) {
            assertThat(socket.next()).contains("connection_established");
            socket.frame(TEXT, "{\"type\": ".getBytes(StandardCharsets.UTF_8));
            socket.frame(FIN | PING, "abc".getBytes(StandardCharsets.UTF_8));
            socket.frame(CONTINUATION, "\"ping\",\"time".getBytes(StandardCharsets.UTF_8));
            socket.frame(FIN | CONTINUATION, "stamp\":9}".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.next()).isEqualTo("opcode 10 abc");
            assertThat(socket.next()).isEqualTo("{\"type\":\"pong\",\"timestamp\":9}");
            for (int frame = 0; frame < 46; frame++) {
                socket.text("{\"type\":\"ping\",\"timestamp\":" + frame + "}");
            }
            for (int frame = 0; frame < 46; frame++) {
                assertThat(socket.next()).isEqualTo("{\"type\":\"pong\",\"timestamp\":" + frame + "}");
            }
        }
    }

    @Tag("long")
    @Test
    void a_reader_that_stands_still_is_closed_with_4408_and_others_go_on() throws IOException {
        WebSocketClient healthy = open("");
        double before = closedAsSlow();
        try (RawSocket stalled = new RawSocket(port, "GET /ws/notifications/?token=" + token(600) + " HTTP/1.1", 4096);
                RawSocket dead =
                        new RawSocket(port, "GET /ws/notifications/?token=" + token(600) + " HTTP/1.1", 4096)) {
            assertThat(stalled.next()).contains("connection_established");
            assertThat(dead.next()).contains("connection_established");
            inbox.recordMany(person, 8000, 2000); // 16 MB: more than the kernel's buffers hold
            camel.sendBody("direct:announce", List.of(person));
            await().untilAsserted(() -> assertThat(sessions.of(person)).hasSize(1));
            await().during(Duration.ofSeconds(3)) // with nothing to read they would be cut after 2 s
                    .until(() -> closedAsSlow() == before);
            assertThat(endOf(stalled)).isEqualTo("close 4408"); // read late, and yet told why
            await().untilAsserted(() -> assertThat(healthy.seqs()).hasSize(8000));
            assertThat(healthy.seqs()).isSorted().doesNotHaveDuplicates();
            await().until(() -> closedAsSlow() == before + 2);
            assertThat(endOf(dead)).isEqualTo("cut"); // too late, and the frame is gone with what else was queued
        }
    }

    /**
     * Rows of several people are committed by several threads, hints come early, late or never, and clients cut the line
     * at any moment and come back with what they have: each sees each of its rows once, in order.
     */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 20251224, 8675309})
    void clients_that_come_and_go_see_every_row_once_and_in_order(long seed) {
        List<Long> people = List.of(person, person + 1000, person + 2000);
        people.stream().skip(1).forEach(other -> inbox.person(other, true));
        Random random = new Random(seed);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                Random own = new Random(random.nextLong());
                writers.add(CompletableFuture.runAsync(() -> write(people, own), threads));
            }
            CompletableFuture<Void> written = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
            List<CompletableFuture<List<Long>>> seen = new ArrayList<>();
            for (int client = 0; client < 6; client++) {
                long owner = people.get(client % people.size());
                Random own = new Random(random.nextLong());
                seen.add(CompletableFuture.supplyAsync(() -> comeAndGo(owner, written, own), threads));
            }
            for (int client = 0; client < 6; client++) {
                long last = inboxOf(people.get(client % people.size()), written);
                assertThat(seen.get(client).join())
                        .as("client %s with seed %s", client, seed)
                        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(List<Long> people, Random random) {
        for (int event = 0; event < 40; event++) {
            List<Long> told =
                    people.stream().filter(one -> random.nextInt(3) > 0).toList();
            int hint = random.nextInt(3);
            inbox.record(told, () -> {
                if (hint == 0) {
                    camel.sendBody("direct:announce", told);
                }
                LockSupport.parkNanos(random.nextInt(4_000_000));
            });
            if (hint == 1) {
                camel.sendBody("direct:announce", told);
            }
        }
    }

    /** What one client sees over all its connections. Comes back until everything has been written and seen. */
    private List<Long> comeAndGo(long owner, CompletableFuture<Void> written, Random random) {
        List<Long> seen = new ArrayList<>();
        String token = token(owner, 600);
        boolean complete = false;
        while (!complete) {
            boolean all = written.isDone();
            int had = seen.size();
            WebSocketClient client =
                    WebSocketClient.open(port, "?token=" + token + "&since=" + (had == 0 ? 0 : seen.get(had - 1)));
            if (all) {
                long missing = inboxOf(owner, written) - had;
                await().untilAsserted(() -> assertThat(client.seqs()).hasSizeGreaterThanOrEqualTo((int) missing));
                complete = true;
            } else {
                LockSupport.parkNanos(random.nextInt(60_000_000));
            }
            client.cut();
            seen.addAll(client.seqs());
        }
        return seen;
    }

    private long inboxOf(long owner, CompletableFuture<Void> written) {
        written.join();
        return inbox.lastSeq(owner);
    }

    private interface Act {
        void on(RawSocket socket) throws IOException;
    }

    private String endAfter(Act act) throws IOException {
        try (RawSocket socket = new RawSocket(port, "?token=" + token(600))) {
            act.on(socket);
            return endOf(socket);
        }
    }

    private static String endOf(RawSocket socket) throws IOException {
        try {
            return socket.end();
        } catch (SocketException | EOFException cut) {
            return "cut";
        }
    }

    private double closedAsSlow() {
        return meters.find("camelbell.websocket.closes").tag("code", "4408").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void announce() {
        inbox.record(person);
        camel.sendBody("direct:announce", List.of(person));
    }

    private WebSocketClient open(String more) {
        return greeted(WebSocketClient.open(port, "?token=" + token(600) + more));
    }

    private WebSocketClient open(long seconds) {
        return greeted(WebSocketClient.open(port, "?token=" + token(seconds)));
    }

    private static WebSocketClient greeted(WebSocketClient client) {
        await().untilAsserted(() -> assertThat(client.frames()).isNotEmpty());
        return client;
    }

    private int status(String query) {
        return WebSocketClient.status(port, query, UnaryOperator.identity());
    }

    private String token(long seconds) {
        return token(person, seconds);
    }

    private String token(long user, long seconds) {
        Instant from = Instant.now().minusSeconds(3600);
        return TokenMinter.mint(Stack.jwtSecret(), user, from, Duration.ofSeconds(3600 + seconds));
    }
}
