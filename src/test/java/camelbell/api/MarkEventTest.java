package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One event is a notification over each channel; {@code event=1} marks them all by naming one. */
class MarkEventTest extends ApiHub {

    private static final String LIST = "/api/notifications/";

    /** Of person 1: 1 (EMAIL), 2 (WHATSAPP, skipped) and 3 (SYSTEM) are one event, 4 (EMAIL, read) and 6 (SYSTEM) another. */
    @BeforeEach
    void load() throws Exception {
        try (InputStream fixture = Objects.requireNonNull(getClass().getResourceAsStream("/api/fixture.json"))) {
            load(fixture);
        }
        change("UPDATE notification_log SET event = 100003 WHERE id IN (1, 2, 7)");
        change("UPDATE notification_log SET event = 100006 WHERE id = 4");
        announced().reset();
    }

    @Test
    void the_persons_other_notifications_of_the_event_are_read_with_the_one_that_is_named() throws Exception {
        announced().expectedBodiesReceived(List.of(List.of(1L)));
        JsonNode marked = post(LIST + "3/mark_as_read/?event=1", 1).json();

        assertThat(marked.at("/notification/id").asLong()).isEqualTo(3);
        assertThat(marked.at("/notification/is_read").asBoolean()).isTrue();
        assertThat(unread(1)).isEqualTo("{\"count\":1,\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":1}}");
        assertThat(get(LIST + "?status=SKIPPED&is_read=false", 1).json().get("count"))
                .hasToString("1");
        assertThat(unread(2)).as("another's of the same event").startsWith("{\"count\":1,");

        assertThat(post(LIST + "3/mark_as_read/?event=1", 1).json()).isEqualTo(marked);
        assertThat(unread(1)).startsWith("{\"count\":1,");
        announced().assertIsSatisfied(20_000);
        assertThat(readTimes()).hasSize(1);
    }

    @Test
    void what_is_read_already_keeps_its_time_and_its_event_is_read_all_the_same() throws Exception {
        announced().expectedBodiesReceived(List.of(List.of(1L)));
        JsonNode marked = post(LIST + "4/mark_as_read/?event=true", 1).json();

        assertThat(marked.at("/notification/read_at").asText()).isEqualTo("2026-01-05T09:30:00Z");
        assertThat(unread(1)).isEqualTo("{\"count\":2,\"by_type\":{\"EMAIL\":1,\"WHATSAPP\":0,\"SYSTEM\":1}}");
        announced().assertIsSatisfied(20_000);
    }

    @Test
    void filters_say_which_one_may_be_named_and_not_which_others_are_meant() throws Exception {
        assertThat(post(LIST + "1/mark_as_read/?event=1&notification_type=SYSTEM", 1)
                        .status())
                .isEqualTo(404);
        assertThat(unread(1)).startsWith("{\"count\":3,");
        assertThat(post(LIST + "1/mark_as_read/?event=1&notification_type=EMAIL", 1)
                        .status())
                .isEqualTo(200);
        assertThat(unread(1)).startsWith("{\"count\":1,");
    }

    @Test
    void the_parameter_is_true_or_false_as_is_read_is_and_of_several_the_last_one_counts() throws Exception {
        for (String one : List.of("?event=0", "?event=False", "?event=", "?event", "?event=1&event=0", "?Event=1")) {
            load();
            assertThat(post(LIST + "3/mark_as_read/" + one, 1).status()).as(one).isEqualTo(200);
            assertThat(unread(1)).as(one).startsWith("{\"count\":2,");
        }
        for (String all : List.of("?event=TRUE", "?event=0&event=1")) {
            load();
            assertThat(post(LIST + "3/mark_as_read/" + all, 1).status()).as(all).isEqualTo(200);
            assertThat(unread(1)).as(all).startsWith("{\"count\":1,");
        }
        load();
        Answer answer = post(LIST + "3/mark_as_read/?event=yes&is_read=perhaps", 1);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"is_read\":[\"Select a valid choice. perhaps is not one of the available choices.\"],"
                        + "\"event\":[\"Select a valid choice. yes is not one of the available choices.\"]}");
        assertThat(unread(1)).startsWith("{\"count\":3,");
    }

    @Test
    void what_belongs_to_another_or_does_not_exist_is_not_found() throws Exception {
        for (String id : List.of("7", "8888", "99999999999999999999")) {
            assertThat(post(LIST + id + "/mark_as_read/?event=1", 1).body()).isEqualTo("{\"detail\":\"Not found.\"}");
        }
        assertThat(unread(1)).startsWith("{\"count\":3,");
        assertThat(unread(2)).startsWith("{\"count\":1,");
    }

    @Test
    void devices_that_mark_one_event_by_its_different_notifications_count_it_out_once() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            paths.addAll(List.of("1/mark_as_read/?event=1", "3/mark_as_read/?event=1", "3/mark_as_read/"));
        }
        ExecutorService devices = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        for (String path : paths) {
            answers.add(devices.submit(() -> {
                go.await();
                return post(LIST + path, 1).status();
            }));
        }
        go.countDown();
        for (Future<Integer> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        }
        devices.shutdown();
        assertThat(unread(1)).isEqualTo("{\"count\":1,\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":1}}");
    }

    /** The mail turns out to have no way while its event is being read: settling holds the counters, and takes it out. */
    @Test
    void what_is_skipped_meanwhile_is_not_counted_out_twice() throws Exception {
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database());
        JdbcClient session = JdbcClient.create(Objects.requireNonNull(transactions.getDataSource()));
        CompletableFuture<Answer> call = new CompletableFuture<>();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            session.sql("UPDATE inbox SET unread = unread - 1 WHERE recipient = 1 AND channel = 'EMAIL'")
                    .update();
            session.sql("UPDATE notification_log SET status = 'SKIPPED', listed = false WHERE id = 1")
                    .update();
            call.completeAsync(() -> {
                try {
                    return post(LIST + "3/mark_as_read/?event=1", 1);
                } catch (Exception e) {
                    throw new IllegalStateException("Cannot mark notification 3", e);
                }
            });
            await().until(() -> jdbc().sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .query(Long.class)
                            .single()
                    > 0);
        });
        assertThat(call.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(unread(1)).isEqualTo("{\"count\":1,\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":1}}");
        assertThat(get(LIST + "?status=SKIPPED&is_read=false", 1).json().get("count"))
                .hasToString("2");
    }

    private List<String> readTimes() {
        return jdbc().sql(
                        "SELECT DISTINCT read_at::text FROM notification_log WHERE event = 100003 AND read_at IS NOT NULL")
                .query(String.class)
                .list();
    }

    private MockEndpoint announced() {
        return camel.getEndpoint("mock:announced", MockEndpoint.class);
    }

    private String unread(long user) throws Exception {
        return get(LIST + "unread_count/", user).body();
    }
}
