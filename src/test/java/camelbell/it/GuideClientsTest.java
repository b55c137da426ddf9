package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import camelbell.browser.Browser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample clients of the guide against a whole hub: the JavaScript class verbatim, the Dart class call by call. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideClientsTest {

    private static final Duration SOON = Duration.ofMinutes(4);
    private static final long NODE = 1;
    private static final long DART = 2;
    private static final Map<Browser, Long> USERS = Map.of(Browser.CHROMIUM, 3L, Browser.FIREFOX, 4L);

    private final Map<Browser, GuideScript> sites =
            new EnumMap<>(Map.of(Browser.CHROMIUM, new GuideScript(), Browser.FIREFOX, new GuideScript()));
    private final GuideScript nodeScript = new GuideScript();
    private final Hub hub = new Hub("camelbell.http.allowed-origins="
            + sites.values().stream().map(GuideScript::origin).collect(Collectors.joining(",")));

    @BeforeAll
    void the_directory() {
        List<Long> users =
                Stream.concat(Stream.of(NODE, DART), USERS.values().stream()).toList();
        for (long id : users) {
            hub.post(
                    "users",
                    String.valueOf(id),
                    "{\"id\":%d,\"username\":\"dev_%d\",\"name\":\"Dev %d\",\"role\":\"DEVELOPER\",\"email\":\"dev%d@example.org\"}"
                            .formatted(id, id, id, id));
        }
        hub.flush();
        await().until(() ->
                hub.jdbc().sql("SELECT count(*) FROM person").query(Long.class).single() == users.size());
    }

    @AfterAll
    void stop() {
        hub.close();
        sites.values().forEach(GuideScript::close);
        nodeScript.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_javascript_class_runs_verbatim_in_a_browser_from_an_allowed_origin(Browser browser, @TempDir Path profile)
            throws Exception {
        browser.assumePresent();
        long user = Objects.requireNonNull(USERS.get(browser));
        GuideScript site = Objects.requireNonNull(sites.get(browser));
        site.script(hub.port(), Tokens.of(user));

        assertGuideWorks(site, user, browser.command(profile, site.origin() + "/"), profile.resolve("output.log"));
    }

    @Test
    void the_javascript_class_runs_verbatim_in_node(@TempDir Path folder) throws Exception {
        List<String> node = List.of("node", "--experimental-websocket");
        assumeTrue(
                works(folder, node, "-e", "process.exit(typeof WebSocket === 'function' ? 0 : 1)"),
                "no Node with WebSocket (20.10 or later) on this machine");
        Path script = folder.resolve("app.js");
        Files.writeString(script, nodeScript.script(hub.port(), Tokens.of(NODE)));

        assertGuideWorks(
                nodeScript,
                NODE,
                Stream.concat(node.stream(), Stream.of(script.toString())).toList(),
                folder.resolve("node.log"));
    }

    private static boolean works(Path folder, List<String> command, String... arguments) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("probe.log").toFile())
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private void assertGuideWorks(GuideScript script, long user, List<String> command, Path output) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(script.connected).as(output.toString()).succeedsWithin(SOON);
            assign(user);
            assertThat(script.done).succeedsWithin(SOON);
            assertResult(script.done.join(), user);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void assertResult(JsonNode result, long user) {
        assertThat(result.get("said").toString()).contains("Notification service connected", "User ID: " + user);
        JsonNode notification = result.get("received").get(0);
        assertThat(notification.get("notification_type").asText()).isEqualTo("ticket_assigned");
        assertThat(notification.at("/ticket/title").asText()).isEqualTo("Homepage not loading");
        assertThat(result.get("pongs").get(0).asLong())
                .isCloseTo(result.get("now").asLong(), within(SOON.toMillis()));
        assertThat(result.at("/all/count").asLong()).isEqualTo(2);
        assertThat(result.at("/filtered/count").asLong()).isEqualTo(1);
        assertThat(result.at("/filtered/results/0/id")).isEqualTo(notification.get("id"));
        assertThat(result.at("/before/count").asLong()).isEqualTo(2);
        assertThat(result.at("/marked/notification/is_read").asBoolean()).isTrue();
        assertThat(result.at("/between/by_type").toString()).isEqualTo("{\"EMAIL\":1,\"WHATSAPP\":0,\"SYSTEM\":0}");
        assertThat(result.at("/markedAll/message").asText()).isEqualTo("1 notification(s) marked as read");
        assertThat(result.at("/after/count").asLong()).isZero();
    }

    @Test
    void the_calls_of_the_dart_class_get_the_answers_it_counts_on() {
        try (Caller caller = new Caller(hub.port(), DART)) {
            await().until(() -> !caller.frames("connection_established").isEmpty());
            assertThat(caller.frames("connection_established")
                            .get(0)
                            .get("message")
                            .asText())
                    .isEqualTo("Connected successfully as dev_" + DART);
            caller.send("{\"type\":\"ping\",\"timestamp\":1735038600000}"); // millisecondsSinceEpoch: an int
            await().until(() -> !caller.frames("pong").isEmpty());
            JsonNode timestamp = caller.frames("pong").get(0).get("timestamp");
            assertThat(timestamp.isIntegralNumber() && timestamp.asLong() == 1735038600000L)
                    .isTrue();
            assign(DART);
            await().until(() -> !caller.frames("").isEmpty());
            JsonNode notification = caller.frames("").get(0);
            assertThat(notification.has("type")).isFalse(); // or the class would look no further
            assertThat(notification.get("message").isTextual()).isTrue();

            String list = "/api/notifications/";
            assertThat(caller.get(list).body().get("results")).hasSize(2);
            assertThat(caller.get(list + "?is_read=false&notification_type=SYSTEM&ticket=5")
                            .body()
                            .get("results"))
                    .hasSize(1);
            assertThat(caller.get(list + "unread_count/").body().get("count").isInt())
                    .isTrue();
            long id = notification.get("id").asLong();
            assertThat(caller.post(list + id + "/mark_as_read/").status()).isEqualTo(200);
            assertThat(caller.get(list + "unread_count/").body().get("count").asInt())
                    .isEqualTo(1);
            assertThat(caller.post(list + "mark_all_as_read/").status()).isEqualTo(200);
            assertThat(caller.get(list + "unread_count/").body().get("count").asInt())
                    .isZero();
        }
    }

    private void assign(long user) {
        hub.post(
                "ticket-events",
                "5",
                """
                {"specversion":"1.0","id":"assign-%d","source":"urn:test","type":"ticket_assigned",
                 "data":{"ticket":{"id":5,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":9,"project_name":"Main Website","created_at":"2025-12-24T10:30:00Z"},"assignees":[%d]}}"""
                        .formatted(user, user));
        hub.flush();
    }
}
