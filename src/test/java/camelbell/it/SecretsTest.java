package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.identity.TokenMinter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a day's traffic, its faults included, leaves in the log and in the metrics: ids, never what they stand for. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    private static final int ADMIN = 1;
    private static final int CREATOR = 2;
    private static final String TITLE = "Salary list of the board is public";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<String> secrets = new ArrayList<>();

    @AfterEach
    void log_as_before() {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        for (String name : List.of("camelbell", "org.apache.camel", "io.vertx")) {
            logging.setLogLevel(name, LogLevel.INFO);
        }
    }

    @Test
    void no_token_address_number_or_title_is_ever_logged(CapturedOutput log) throws Exception {
        try (Hub hub = new Hub(
                "camelbell.http.rate.per-user=5",
                "camelbell.http.rate.user-burst=5",
                "logging.level.camelbell=TRACE",
                "logging.level.org.apache.camel=DEBUG",
                "logging.level.io.vertx=DEBUG")) {
            secrets.addAll(List.of(Stack.jwtSecret(), hub.property("camelbell.whatsapp.access-token"), TITLE));
            deliver(hub);
            askWithEveryToken(hub);
            openSockets(hub);
            fail(hub);

            assertThat(log.getAll()).contains("DEBUG").contains("at camelbell.api.Counts");
            assertThat(secrets).hasSizeGreaterThan(10).noneMatch(log.getAll()::contains);
        }
    }

    /** To good addresses, and to some that the providers refuse. */
    private void deliver(Hub hub) {
        person(hub, ADMIN, "ann.secret@example.org", "15550000001");
        person(hub, CREATOR, "bob.secret@example.org", "15550000002");
        hub.whatsapp().script(Map.of("to", "15550000002", "code", 131026));
        hub.flush();
        for (int ticket = 1; ticket <= 5; ticket++) {
            hub.post("ticket-events", "" + ticket, event(ticket));
        }
        hub.post("ticket-events", "9", event(9).replace("\"HIGH\"", "\"" + TITLE + "\""));
        hub.post("users", "3", "{\"id\":3,\"email\":\"ann.secret@example.org\"}");
        hub.flush();
        await().until(() -> hub.jdbc()
                        .sql("SELECT count(*) FROM notification_log WHERE status <> 'PENDING'")
                        .query(Long.class)
                        .single()
                == 5 * 2 * 3);
        await().until(() -> hub.endOf("dead-letters") == 1 && hub.endOf("users-dead-letters") == 1);
    }

    private void person(Hub hub, int id, String mail, String number) {
        secrets.addAll(List.of(mail, number));
        hub.post(
                "users",
                "" + id,
                "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"email\":\"%s\",\"whatsapp_number\":\"+%s\"}"
                        .formatted(id, id, mail, number));
    }

    private static String event(int ticket) {
        return """
                {"specversion":"1.0","id":"e%d","source":"urn:test","type":"work_finished",
                 "data":{"ticket":{"id":%d,"title":"%s","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":2,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"}}}"""
                .formatted(ticket, ticket, TITLE);
    }

    private void askWithEveryToken(Hub hub) throws Exception {
        String good = token(Stack.jwtSecret(), ADMIN, Duration.ofMinutes(5));
        for (String token : List.of(
                good,
                token(Stack.jwtSecret(), ADMIN, Duration.ofMinutes(-5)),
                token("another-secret-of-at-least-32-bytes", ADMIN, Duration.ofMinutes(5)),
                token(Stack.jwtSecret(), 777, Duration.ofMinutes(5)),
                good + "x.broken")) {
            for (String path : List.of("/api/notifications/", "/api/notifications/?token=" + token, "/no/" + token)) {
                for (String scheme : List.of("Bearer ", "Basic ")) {
                    call(hub, "GET", path, scheme + token);
                }
            }
            call(hub, "POST", "/api/notifications/mark_all_as_read/", "Bearer " + token);
        }
        call(hub, "GET", "/api/notifications/?token=" + good + "x".repeat(9000), "Bearer " + good);
    }

    private void openSockets(Hub hub) throws Exception {
        String good = token(Stack.jwtSecret(), CREATOR, Duration.ofMinutes(5));
        String ticket = new Rest(hub)
                .post("/api/notifications/ws_ticket/", CREATOR)
                .json()
                .get("ticket")
                .asText();
        secrets.add(ticket);
        String expired = token(Stack.jwtSecret(), CREATOR, Duration.ofMinutes(-5));
        String forged = token("another-secret-of-at-least-32-bytes", CREATOR, Duration.ofMinutes(5));
        for (String query : List.of(
                "?token=" + good, "?ticket=" + ticket, "?ticket=" + ticket, "?token=" + expired, "?token=" + forged)) {
            WebSocketClient client = open(hub, query);
            if (client != null) {
                for (String token : List.of(good, forged)) {
                    say(client, "{\"type\":\"refresh\",\"token\":\"" + token + "\"}");
                }
                say(client, "{\"type\":\"" + good);
                client.cut();
            }
        }
    }

    /** Those with an expired token are closed by the hub meanwhile. */
    private static void say(WebSocketClient client, String frame) {
        client.socket().sendText(frame, true).handle((sent, closed) -> sent).join();
    }

    private static @Nullable WebSocketClient open(Hub hub, String query) {
        try {
            return WebSocketClient.open(hub.port(), query);
        } catch (CompletionException refused) {
            return null;
        }
    }

    /** A fault within the hub itself, which it logs with its stack; in what no loop reads, whose failures would use up the lines. */
    private void fail(Hub hub) throws Exception {
        hub.execute("ALTER TABLE notification_log RENAME COLUMN read_at TO other");
        String good = token(Stack.jwtSecret(), 4, Duration.ofMinutes(5));
        person(hub, 4, "eve.secret@example.org", "15550000004");
        hub.flush();
        await().until(() ->
                call(hub, "GET", "/api/notifications/?ticket=1&is_read=false&token=" + good, "Bearer " + good) == 500);
    }

    private String token(String secret, long user, Duration life) {
        String token = TokenMinter.mint(secret, user, Instant.now(), life);
        secrets.add(token.substring(token.lastIndexOf('.') + 1));
        return token;
    }

    private static int call(Hub hub, String method, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.url(path)))
                .header("Authorization", authorization)
                .method(method, BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }
}
