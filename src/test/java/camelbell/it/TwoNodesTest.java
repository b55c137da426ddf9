package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hub processes on one broker and one database are one hub to their clients. Hints alone reach a socket here: the
 * sweep is too slow to help.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesTest {

    private static final int TICKETS = 24;
    private static final AtomicLong PERSON = new AtomicLong(100);

    @TempDir
    private static Path folder = Path.of("");

    private static HubProcess a;
    private static HubProcess b;
    private static Feed feed;

    private long person;
    private int events;

    @BeforeAll
    static void start() {
        Map<String, String> properties = Stack.properties();
        properties.putAll(Stack.freshDatabase()); // which both of them want to migrate
        properties.put("camelbell.websocket.sweep-interval", "10m");
        properties.put("camelbell.kafka.session-timeout-ms", "15000");
        properties.put("camelbell.websocket.announce-timeout-ms", "20000");
        a = HubProcess.start("a", properties, folder);
        b = HubProcess.start("b", properties, folder);
        feed = new Feed(properties);
        a.awaitReady();
        b.awaitReady();
        new TwoNodesTest().awaitBothReadAndHear();
    }

    @AfterAll
    static void stop() {
        feed.close();
        a.close();
        b.close();
    }

    @BeforeEach
    void aDeveloper() {
        person = PERSON.getAndIncrement();
        feed.person(person, "DEVELOPER");
        feed.flush();
    }

    /** Until the partitions are shared out and each node hears the other: a whole round then arrives without more hints. */
    private void awaitBothReadAndHear() {
        aDeveloper();
        await().until(() -> feed.readers() == 2);
        try (Caller atA = connected(a, "");
                Caller atB = connected(b, "")) {
            await().until(() -> {
                assign(TICKETS);
                try {
                    await().atMost(Duration.ofSeconds(3))
                            .until(() ->
                                    atA.seqs().size() == events && atB.seqs().size() == events);
                    return true;
                } catch (ConditionTimeoutException unheard) {
                    return false;
                }
            });
        }
    }

    /** Each node reads some of the tickets, so each client's frames come from both nodes' records. */
    @Test
    @Order(1)
    void what_one_node_records_reaches_the_sockets_of_both() {
        await().untilAsserted(() -> assertThat(feed.readersOf(TICKETS)).hasSize(2));
        try (Caller atA = connected(a, "");
                Caller atB = connected(b, "")) {
            assign(TICKETS);

            for (Caller client : List.of(atA, atB)) {
                await().untilAsserted(() -> assertThat(client.seqs()).isEqualTo(upTo(TICKETS)));
            }
        }
    }

    @Test
    @Order(2)
    void what_is_read_at_one_node_is_counted_at_the_sockets_of_both() {
        try (Caller atA = connected(a, "");
                Caller atB = connected(b, "")) {
            assign(3);
            for (Caller client : List.of(atA, atB)) {
                await().untilAsserted(() -> assertThat(client.seqs()).hasSize(3));
            }
            long id = atB.frames("").get(0).path("id").asLong();

            assertThat(atA.post("/api/notifications/" + id + "/mark_as_read/").status())
                    .isEqualTo(200);
            await().untilAsserted(
                            () -> assertThat(List.of(counts(atA), counts(atB))).containsOnly(List.of(2L)));
            assertThat(atA.post("/api/notifications/mark_all_as_read/")
                            .body()
                            .path("count")
                            .asLong())
                    .isEqualTo(2);
            await().untilAsserted(
                            () -> assertThat(List.of(counts(atA), counts(atB))).containsOnly(List.of(2L, 0L)));
        }
    }

    @Test
    @Order(3)
    void a_client_that_changes_nodes_while_events_flow_misses_nothing_and_gets_nothing_twice() {
        List<Long> seen = new ArrayList<>();
        HubProcess node = a;
        connected(a, "").close();
        for (int round = 0; round < 8; round++) {
            try (Caller client = connected(node, "&since=" + seen.size())) {
                int had = seen.size();
                assign(TICKETS);
                await().until(() -> client.seqs().size() > 0);
                client.cut();
                seen.addAll(client.seqs());
                assertThat(seen.size()).isGreaterThan(had);
                node = node == a ? b : a;
            }
        }
        try (Caller client = connected(node, "&since=" + seen.size())) {
            await().untilAsserted(() -> assertThat(client.seqs()).hasSize(events - seen.size()));
            seen.addAll(client.seqs());
        }
        assertThat(seen).isEqualTo(upTo(events));
    }

    @Test
    @Order(4)
    void a_node_that_is_killed_leaves_the_other_serving_everything() {
        try (Caller atA = connected(a, "");
                Caller atB = connected(b, "")) {
            assign(TICKETS);
            await().untilAsserted(() -> assertThat(atB.seqs()).hasSize(TICKETS));
            assign(TICKETS);
            a.kill();
            assign(TICKETS);

            assertThat(atA.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1006);
            assertThat(atB.get("/api/notifications/unread_count/").status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(atB.seqs()).isEqualTo(upTo(events)));
            long had = atA.seqs().size();
            try (Caller back = connected(b, "&since=" + had)) {
                await().untilAsserted(() -> assertThat(back.seqs()).hasSize((int) (events - had)));
                assertThat(back.seqs().get(0)).isEqualTo(had + 1);
            }
        }
    }

    private static List<Long> counts(Caller client) {
        return client.frames("unread_count").stream()
                .map(frame -> frame.path("count"))
                .map(JsonNode::asLong)
                .toList();
    }

    /** The person may not have reached the directory yet: until then the handshake is refused. */
    private Caller connected(HubProcess node, String more) {
        Caller[] client = new Caller[1];
        await().ignoreExceptions().until(() -> {
            client[0] = new Caller(node.port(), person, more);
            return true;
        });
        await().until(() -> client[0].frames("connection_established").size() == 1);
        return client[0];
    }

    /** One event for this person on each of so many tickets. */
    private void assign(int tickets) {
        for (int ticket = 1; ticket <= tickets; ticket++) {
            feed.assign("e" + person + "-" + ++events, ticket, person);
        }
        feed.flush();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
