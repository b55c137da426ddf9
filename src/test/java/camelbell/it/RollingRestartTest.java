package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes are restarted one after the other under load, and their clients lose nothing. */
@Tag("long")
class RollingRestartTest {

    private static final int CLIENTS = 20;
    private static final int PEOPLE = 10;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final Map<String, String> properties = Stack.properties();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean loaded = new AtomicBoolean(true);
    private final AtomicInteger events = new AtomicInteger();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final List<Wanderer> wanderers = new ArrayList<>();
    private final List<Caller> clients = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private HubProcess a;
    private HubProcess b;
    private Feed feed;

    @BeforeEach
    void start() {
        properties.put("camelbell.websocket.replay-limit", String.valueOf(Wanderer.REPLAY_LIMIT));
        properties.put("camelbell.kafka.session-timeout-ms", "6000");
        properties.put("camelbell.api.query-timeout", "30s"); // longer than a request is held up here
        properties.put("camelbell.http.drain", "20s");
        a = HubProcess.start("a", properties, folder);
        b = HubProcess.start("b", properties, folder);
        feed = new Feed(properties);
        a.awaitReady();
        b.awaitReady();
        for (long person = 1; person <= PEOPLE; person++) {
            feed.person(person, "DEVELOPER");
        }
        feed.flush();
        feed.awaitPeople(PEOPLE);
    }

    @AfterEach
    void stop() {
        loaded.set(false);
        threads.shutdownNow();
        feed.close();
        a.close();
        b.close();
    }

    @Test
    void nodes_that_restart_one_after_the_other_lose_nothing_and_answer_what_is_under_way() throws Exception {
        for (int client = 0; client < CLIENTS; client++) {
            Wanderer wanderer = new Wanderer(client % PEOPLE + 1, List.of(a, b), new Random(client));
            wanderers.add(wanderer);
            clients.add(wanderer.connect(client % 2 == 0 ? a : b));
        }
        load(b);

        try (Connection database = database();
                Statement statement = database.createStatement()) {
            CompletableFuture<Integer> underWay = requestThatWaits(statement);
            long began = System.nanoTime();
            a.terminate();
            awaitRefusals(a);
            database.rollback();
            assertThat(underWay.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(200);
            moveAllTo(b, 0);
            stopped(a, began);
        }

        a = HubProcess.start("a", properties, folder).awaitReady();
        loaded.set(false);
        load(a);
        long began = System.nanoTime();
        b.terminate();
        moveAllTo(a, -1);
        stopped(b, began);
        loaded.set(false);
        for (int client = 0; client < CLIENTS; client++) {
            arrived(wanderers.get(client), clients.get(client));
        }
        assertThat(answers).hasSizeGreaterThan(20).allMatch(status -> status < 500);
    }

    /** Events all the time, and REST calls at the node that stays. */
    private void load(HubProcess staying) {
        loaded.set(true);
        var feeding = CompletableFuture.runAsync(
                () -> {
                    while (loaded.get()) {
                        int event = events.incrementAndGet();
                        feed.assign("e" + event, event % 24 + 1, event % PEOPLE + 1, (event + 7) % PEOPLE + 1);
                        LockSupport.parkNanos(50_000_000);
                    }
                },
                threads);
        var calling = CompletableFuture.runAsync(
                () -> {
                    try (Caller caller = new Caller(staying.port(), 1)) {
                        while (loaded.get()) {
                            answers.add(caller.get("/api/notifications/").status());
                            LockSupport.parkNanos(50_000_000);
                        }
                    }
                },
                threads);
        assertThat(feeding.isCompletedExceptionally() || calling.isCompletedExceptionally())
                .isFalse();
    }

    private Connection database() throws SQLException {
        Connection connection = DriverManager.getConnection(
                setting("spring.datasource.url"),
                setting("spring.datasource.username"),
                setting("spring.datasource.password"));
        connection.setAutoCommit(false);
        return connection;
    }

    private String setting(String key) {
        return Objects.requireNonNull(properties.get(key));
    }

    /** A mark-all at the node to be stopped, held up by a lock until the caller's transaction ends. */
    private CompletableFuture<Integer> requestThatWaits(Statement statement) throws SQLException {
        await().until(() -> clients.get(0).seqs().size() > 2);
        assertThat(statement
                        .executeQuery("SELECT 1 FROM inbox WHERE recipient = 1 FOR UPDATE")
                        .next())
                .isTrue();
        Caller caller = clients.get(0);
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(
                () -> caller.post("/api/notifications/mark_all_as_read/").status(), threads);
        await().until(() -> {
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (ResultSet waiting = statement.executeQuery(
                    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'")) {
                return waiting.next();
            }
        });
        return answer;
    }

    /** A node that stops opens no more sockets and is not ready, though it still answers. */
    private static void awaitRefusals(HubProcess stopping) {
        await().until(() -> {
            try {
                new Caller(stopping.port(), 2).close();
                return false;
            } catch (CompletionException refused) {
                return refused.getCause() instanceof WebSocketHandshakeException answer
                        && answer.getResponse().statusCode() == 503
                        && answer.getResponse()
                                .headers()
                                .firstValue("Retry-After")
                                .isPresent();
            }
        });
        assertThat(stopping.readiness()).isNotEqualTo(200);
    }

    /** Clients of the stopped node are told so, one after the other, and go on at the other; -1: all of them. */
    private void moveAllTo(HubProcess other, int remainder) {
        for (int client = 0; client < CLIENTS; client++) {
            if (remainder < 0 || client % 2 == remainder) {
                Caller left = clients.get(client);
                assertThat(left.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(1012);
                wanderers.get(client).leave(left);
                clients.set(client, wanderers.get(client).connect(other));
            }
        }
    }

    private static void stopped(HubProcess node, long began) {
        assertThat(node.awaitExit(LONGEST_STOP)).isEqualTo(143);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("node " + node + " stopped in " + took);
        assertThat(took).isLessThan(LONGEST_STOP);
    }

    private void arrived(Wanderer wanderer, Caller client) {
        await().pollDelay(Duration.ZERO).untilAsserted(() -> {
            long rows = client.get("/api/notifications/?notification_type=SYSTEM&page_size=1")
                    .body()
                    .path("count")
                    .asLong();
            assertThat(wanderer.seenWith(client)).isEqualTo(rows);
            assertThat(rows).isEqualTo(expected(wanderer.person()));
        });
        client.cut();
        wanderer.leave(client);
    }

    /** How many events named this person. */
    private long expected(long person) {
        long named = 0;
        for (int event = 1; event <= events.get(); event++) {
            named += event % PEOPLE + 1 == person || (event + 7) % PEOPLE + 1 == person ? 1 : 0;
        }
        return named;
    }
}
