package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.ChannelGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;

/** A whole hub whose WhatsApp provider is away, closed or silent. */
class OutageTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void a_closed_channel_fails_nothing_holds_up_no_other_and_goes_on_by_itself() throws IOException {
        try (Hub hub = new Hub("camelbell.routes=file:" + quickRoutes())) {
            hub.whatsapp().script(Map.of("status", 401, "code", 190, "times", 1_000_000));
            for (int person = 1; person <= 5; person++) {
                hub.post("users", String.valueOf(person), admin(person));
            }
            hub.post("ticket-events", "63", event("first"));

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(count(hub, "EMAIL", "SENT")).isEqualTo(5);
                assertThat(hub.bean(ChannelGate.class).state("WHATSAPP")).isIn("open", "half-open");
            });
            hub.post("ticket-events", "63", event("second"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(count(hub, "EMAIL", "SENT")).isEqualTo(10));
            assertThat(count(hub, "WHATSAPP", "PENDING")).isEqualTo(10);
            assertThat(hub.bean(HealthEndpoint.class).healthForPath("readiness").getStatus())
                    .isEqualTo(Status.UP);

            hub.whatsapp().reset();
            await().atMost(SOON).untilAsserted(() -> assertThat(count(hub, "WHATSAPP", "SENT"))
                    .isEqualTo(10));
            assertThat(hub.whatsapp().counts().accepted()).isEqualTo(10);

            hub.whatsapp().script(Map.of("close", true, "times", 1_000_000));
            hub.post("users", "6", admin(6));
            for (int person = 1; person <= 5; person++) {
                hub.post("users", String.valueOf(person), null);
            }
            hub.post("ticket-events", "63", event("third"));
            await().atMost(SOON).untilAsserted(() -> assertThat(reasons(hub))
                    .containsExactly("HTTP NO ANSWER; may have arrived, not sent again"));
            assertThat(hub.jdbc()
                            .sql("SELECT count(*) FROM delivery")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void a_hub_that_stops_gives_back_what_waits_and_is_gone_within_20_seconds() throws IOException {
        Hub hub = new Hub("camelbell.routes=file:" + quickRoutes(), "camelbell.whatsapp.concurrency=2");
        hub.whatsapp().script(Map.of("hang", true, "times", 1_000_000));
        for (int person = 1; person <= 50; person++) {
            hub.post("users", String.valueOf(person), admin(person));
        }
        hub.post("ticket-events", "63", event("first"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count(hub, "EMAIL", "SENT")).isEqualTo(50));

        long begun = System.nanoTime();
        hub.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(hub.query("SELECT count(*) FROM delivery WHERE leased_by IS NULL AND attempt <= 1"))
                .isEqualTo(50);
    }

    /** The routes with waits that a test can wait for. */
    private Path quickRoutes() throws IOException {
        Path routes = Path.of("routes");
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(routes.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path retries = folder.resolve("retries.yaml");
        Files.writeString(
                retries,
                Files.readString(retries)
                        .replace("[10s, 1m,", "[1s, 1s,")
                        .replace("after: 2m", "after: 1s")
                        .replaceAll("open-for: 30s, stopped-for: 1m", "open-for: 1s, stopped-for: 1s"));
        return folder;
    }

    private static long count(Hub hub, String channel, String status) {
        return hub.jdbc()
                .sql("SELECT count(*) FROM notification_log WHERE channel = ? AND status = ?")
                .params(channel, status)
                .query(Long.class)
                .single();
    }

    private static List<String> reasons(Hub hub) {
        return hub.jdbc()
                .sql("SELECT reason FROM notification_log WHERE status = 'FAILED'")
                .query(String.class)
                .list();
    }

    private static String admin(int id) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"email\":\"u%d@example.org\",\"whatsapp_number\":\"+1555000%04d\"}"
                .formatted(id, id, id, id);
    }

    private static String event(String id) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_created","subject":"63",
                 "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":63,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":9,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"},"actor":9,"assignees":[]}}"""
                .formatted(id);
    }
}
