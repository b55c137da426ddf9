package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that lose the line at any moment, thousands of times, and come back to either of two nodes while events flow
 * and people read: each sees every notification once and in order, or is told to load by REST. A run is repeated in its
 * choices by {@code -Dreconnect.seed=…}; {@code -Dreconnect.clients} and {@code -Dreconnect.total} make it larger.
 */
@Tag("long")
class ReconnectTest {

    private static final long SEED = Long.getLong("reconnect.seed", System.nanoTime());
    private static final int CLIENTS = Integer.getInteger("reconnect.clients", 30);
    private static final int TOTAL = Integer.getInteger("reconnect.total", 900);
    private static final int PEOPLE = Math.max(16, CLIENTS / 3);
    private static final int TICKETS = 24;

    /** Reconnects of one client from which on somebody has been away for more than is replayed. */
    private static final int OFTEN = 20;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    @TempDir
    private static Path folder = Path.of("");

    private static List<HubProcess> nodes = List.of();
    private static Feed feed;

    private final AtomicInteger reconnects = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicBoolean written = new AtomicBoolean();

    @BeforeAll
    static void start() {
        Map<String, String> properties = Stack.properties();
        properties.put("camelbell.websocket.replay-limit", String.valueOf(Wanderer.REPLAY_LIMIT));
        properties.put("camelbell.websocket.connections-per-person", "100");
        properties.put("camelbell.http.rate.per-address", "0");
        properties.put("camelbell.http.rate.per-user", "0");
        properties.put("camelbell.kafka.consumers", "2");
        properties.put("camelbell.kafka.batch-size", "20");
        properties.put("camelbell.api.query-timeout", "30s");
        nodes = Stream.of("a", "b")
                .map(name -> HubProcess.start(name, properties, folder))
                .toList();
        feed = new Feed(properties);
        nodes.forEach(HubProcess::awaitReady);
        for (long person = 1; person <= PEOPLE; person++) {
            feed.person(person, "DEVELOPER");
        }
        feed.flush();
    }

    @AfterAll
    static void stop() {
        feed.close();
        nodes.forEach(HubProcess::close);
    }

    @Test
    void whoever_comes_back_sees_every_notification_once_and_in_order() {
        System.out.println("reconnect.seed=" + SEED);
        Random random = new Random(SEED);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            feed.awaitPeople(PEOPLE);
            CompletableFuture<Void> writer =
                    CompletableFuture.runAsync(() -> write(new Random(random.nextLong())), threads);
            CompletableFuture<Void> marker =
                    CompletableFuture.runAsync(() -> mark(new Random(random.nextLong())), threads);
            List<Wanderer> wanderers = new ArrayList<>();
            List<CompletableFuture<Void>> runs = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Wanderer wanderer = new Wanderer(client % PEOPLE + 1, nodes, new Random(random.nextLong()));
                wanderers.add(wanderer);
                runs.add(CompletableFuture.runAsync(() -> wander(wanderer), threads));
            }
            CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))
                    .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
                    .join();
            writer.join();
            marker.join();
            wanderers.forEach(ReconnectTest::arriveAtTheEnd);
            report(wanderers);
        } finally {
            written.set(true);
            threads.shutdownNow();
        }
    }

    /** Several tickets at a time, each event for several people, so that transactions wait for each other's inboxes. */
    private void write(Random random) {
        while (reconnects.get() < TOTAL) {
            for (int event = random.nextInt(20); event >= 0; event--) {
                long[] told = random.longs(random.nextInt(1, 6), 1, PEOPLE + 1)
                        .distinct()
                        .toArray();
                feed.assign("e" + events.incrementAndGet(), random.nextInt(TICKETS) + 1, told);
            }
            LockSupport.parkNanos(random.nextInt(40_000_000));
        }
        feed.flush();
        written.set(true);
    }

    private void mark(Random random) {
        List<Caller> devices = new ArrayList<>();
        for (long person = 1; person <= PEOPLE; person++) {
            devices.add(new Caller(nodes.get((int) (person % 2)).port(), person));
        }
        while (!written.get()) {
            Caller device = devices.get(random.nextInt(devices.size()));
            if (random.nextInt(3) == 0) {
                assertThat(device.post("/api/notifications/mark_all_as_read/").status())
                        .isEqualTo(200);
            } else {
                for (var row : device.get("/api/notifications/unread/?page_size=3")
                        .body()
                        .path("results")) {
                    device.post("/api/notifications/" + row.path("id").asLong() + "/mark_as_read/");
                }
            }
        }
        devices.forEach(Caller::close);
    }

    private void wander(Wanderer wanderer) {
        while (reconnects.get() < TOTAL) {
            reconnects.incrementAndGet();
            wanderer.visit();
        }
    }

    /** All that was recorded is seen, and the counts that were told last are those of the database. */
    private static void arriveAtTheEnd(Wanderer wanderer) {
        try (Caller client = wanderer.connect()) {
            await().untilAsserted(() -> {
                var counts = client.get("/api/notifications/unread_count/").body();
                var newest = client.get("/api/notifications/?notification_type=SYSTEM&page_size=1")
                        .body();
                assertThat(wanderer.seenWith(client))
                        .as("seed %s person %s", SEED, wanderer.person())
                        .isEqualTo(newest.path("count").asLong());
                assertThat(wanderer.toldUnread(client))
                        .isEqualTo(counts.path("count").asLong());
            });
            wanderer.leave(client);
        }
    }

    private void report(List<Wanderer> wanderers) {
        long frames = wanderers.stream().mapToLong(Wanderer::frames).sum();
        long resyncs = wanderers.stream().mapToLong(Wanderer::resyncs).sum();
        System.out.printf(
                "reconnects=%d clients=%d events=%d frames=%d resyncs=%d%n",
                reconnects.get(), CLIENTS, events.get(), frames, resyncs);
        assertThat(frames).isPositive();
        if (TOTAL / CLIENTS >= OFTEN) {
            assertThat(resyncs).isPositive();
        }
    }
}
