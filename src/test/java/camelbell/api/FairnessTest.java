package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Tokens;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** One person's many requests beside another's few. */
@TestPropertySource(
        properties = {
            "camelbell.http.turns.per-person=2",
            "camelbell.http.turns.waiting=2",
            "camelbell.http.turns.in-all=3",
            "camelbell.http.turns.patience=1s",
            "camelbell.database.lock-timeout=40s",
            "camelbell.api.counts-kept=10m"
        })
@DirtiesContext
class FairnessTest extends ApiHub {

    private static final String TICKET = "/api/notifications/ws_ticket/";
    private static final String LIST = "/api/notifications/";

    private final ExecutorService callers = Executors.newCachedThreadPool();

    @Autowired
    private Environment environment;

    @BeforeEach
    void load() throws Exception {
        try (InputStream fixture = Objects.requireNonNull(getClass().getResourceAsStream("/api/fixture.json"))) {
            load(fixture);
        }
    }

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    @Test
    void of_many_requests_of_one_person_few_are_under_way_the_rest_get_429_and_others_are_answered() throws Exception {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        try (Connection other = locked()) {
            for (int n = 0; n < 8; n++) {
                answers.add(CompletableFuture.supplyAsync(() -> ticket(1), callers));
            }
            await().until(() -> answered(answers, 429) == 6);
            await().until(() -> waiting() == 2);
            assertThat(get(LIST, 2).status()).isEqualTo(200);
            other.rollback();
        }
        await().until(() -> answered(answers, 200) == 2);
        for (CompletableFuture<Answer> one : answers) {
            if (one.join().status() == 429) {
                assertThat(one.join().headers()).containsEntry("retry-after", "1");
                assertThat(one.join().json().path("code").asText()).isEqualTo("throttled");
            }
        }
        assertThat(get(LIST, 1).status()).isEqualTo(200);
    }

    @Test
    void what_finds_no_worker_in_time_is_503() throws Exception {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        try (Connection other = locked()) {
            for (long user : new long[] {1, 1, 2}) {
                answers.add(CompletableFuture.supplyAsync(() -> ticket(user), callers));
            }
            await().until(() -> waiting() == 3);
            Answer late = get(LIST, 3);
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.headers()).containsKey("retry-after");
            assertThat(late.json().path("code").asText()).isEqualTo("unavailable");
            other.rollback();
        }
        await().until(() -> answered(answers, 200) == 3);
    }

    @Test
    void who_hangs_up_has_not_given_his_turn_back_while_the_database_still_works_for_him() throws Exception {
        try (Connection other = locked()) {
            for (int n = 0; n < 6; n++) {
                long before = waiting();
                try (Socket socket = new Socket("localhost", URI.create(base()).getPort())) {
                    socket.getOutputStream()
                            .write(("POST " + TICKET + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                                            + "Authorization: Bearer " + Tokens.of(1) + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    if (before < 2) {
                        await().until(() -> waiting() > before);
                    }
                }
            }
            assertThat(ticket(1).status()).isEqualTo(429);
            await().until(() -> waiting() == 2);
            assertThat(get(LIST, 2).status()).isEqualTo(200);
            other.rollback();
        }
        await().until(() -> ticket(1).status() == 200);
    }

    @Test
    void a_list_is_counted_anew_when_the_inbox_has_changed_and_only_then() throws Exception {
        long count = count(LIST);
        long systems = count(LIST + "?notification_type=SYSTEM");
        change("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at)"
                + " SELECT -1, -1, 1, 'SYSTEM', 'SENT', true, now()");
        assertThat(count(LIST)).isEqualTo(count);
        assertThat(count(LIST + "?status=SENT&notification_type=SYSTEM")).isPositive();
        change("UPDATE inbox SET unread = unread WHERE recipient = 1 AND channel = 'SYSTEM'");
        assertThat(count(LIST)).isEqualTo(count + 1);
        assertThat(count(LIST + "?notification_type=SYSTEM")).isEqualTo(systems + 1);
        change("DELETE FROM notification_log WHERE id = -1");
    }

    private long count(String path) throws Exception {
        return get(path, 1).json().path("count").asLong();
    }

    private Answer ticket(long user) {
        try {
            return post(TICKET, user);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long answered(List<CompletableFuture<Answer>> answers, int status) {
        return answers.stream()
                .filter(one -> one.isDone() && one.join().status() == status)
                .count();
    }

    private long waiting() {
        return jdbc().sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock'")
                .query(Long.class)
                .single();
    }

    private Connection locked() throws Exception {
        Connection other = DriverManager.getConnection(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getProperty("spring.datasource.password"));
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLE ws_ticket IN ACCESS EXCLUSIVE MODE");
        }
        return other;
    }
}
