package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reading while others read and while more arrives: what the calls answer always adds up. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadRaceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LIST = "/api/notifications/";
    private static final int DEVICES = 50;
    private static final int EVENTS = 1000;
    private static final int STARTER = 7;
    private static final int BUSY = 8;

    private final Hub hub = new Hub(
            "camelbell.http.rate.per-user=10000",
            "camelbell.http.rate.user-burst=10000",
            "camelbell.http.turns.waiting=100",
            "camelbell.http.turns.patience=20s",
            "camelbell.api.query-timeout=30s",
            "spring.datasource.hikari.connection-timeout=20000");
    private final Rest rest = new Rest(hub);

    @BeforeAll
    void people() throws Exception {
        for (int id : List.of(STARTER, BUSY)) {
            hub.post(
                    "users",
                    "" + id,
                    "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"CLIENT\"}".formatted(id, id));
        }
        hub.flush();
        await().until(() -> rest.get(LIST, BUSY).status() == 200);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void fifty_devices_mark_one_notification_and_agree_on_when_it_was_read() throws Exception {
        event(1, STARTER);
        hub.flush();
        await().until(() -> unread(STARTER) == 1);
        String mark = LIST + rest.get(LIST, STARTER).json().at("/results/0/id") + "/mark_as_read/";

        Set<String> times = new HashSet<>();
        for (Rest.Answer answer : atOnce(mark)) {
            assertThat(answer.status()).isEqualTo(200);
            times.add(answer.json().at("/notification/read_at").asText());
        }
        assertThat(times).hasSize(1);
        assertThat(unread(STARTER)).isZero();
    }

    private List<Rest.Answer> atOnce(String path) throws Exception {
        ExecutorService devices = Executors.newFixedThreadPool(DEVICES);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Rest.Answer>> calls = new ArrayList<>();
        for (int n = 0; n < DEVICES; n++) {
            calls.add(devices.submit(() -> {
                go.await();
                return rest.post(path, STARTER);
            }));
        }
        go.countDown();
        List<Rest.Answer> answers = new ArrayList<>();
        for (Future<Rest.Answer> call : calls) {
            answers.add(call.get(SOON.toSeconds(), TimeUnit.SECONDS));
        }
        devices.shutdown();
        return answers;
    }

    @Test
    void mark_all_answers_exact_counts_while_a_thousand_arrive() throws Exception {
        arrive(0, EVENTS / 2);
        long marked = 0;
        while (marked == 0) {
            marked = markAll();
        }
        int calls = 1;
        arrive(EVENTS / 2, EVENTS);
        while (marked < EVENTS) {
            long before = marked;
            marked += markAll();
            calls += marked > before ? 1 : 0;
            assertThat(marked).isLessThanOrEqualTo(EVENTS);
        }
        assertThat(calls)
                .as("calls that found something: the arrivals must overlap with them")
                .isGreaterThan(1);
        assertThat(markAll()).isZero();
        assertThat(unread(BUSY)).isZero();
        assertThat(rest.get(LIST + "?is_read=true", BUSY).json().get("count").asInt())
                .isEqualTo(EVENTS);
    }

    private void arrive(int from, int to) {
        for (int n = from; n < to; n++) {
            event(1000 + n, BUSY);
        }
        hub.flush();
    }

    private long markAll() throws Exception {
        return rest.post(LIST + "mark_all_as_read/", BUSY).json().get("count").asLong();
    }

    private long unread(long user) throws Exception {
        JsonNode counts = rest.get(LIST + "unread_count/", user).json();
        return counts.get("count").asLong();
    }

    /** Tells the creator; without an address only the inbox counts. */
    private void event(int ticket, int creator) {
        hub.post(
                "ticket-events",
                String.valueOf(ticket),
                """
                {"specversion":"1.0","id":"e%d","source":"urn:test","type":"work_started",
                 "data":{"ticket":{"id":%d,"title":"Homepage","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":%d,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"}}}"""
                        .formatted(ticket, ticket, creator));
    }
}
